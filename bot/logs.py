"""Logging: what happened, never what was said."""

from __future__ import annotations

import logging


def configure_logging(level: str, *, quiet: bool) -> None:
    """`quiet` keeps the terminal conversation free of log lines."""
    logging.basicConfig(
        level=logging.WARNING if quiet else level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # httpx writes the bot token into its log, telegram and sqlalchemy write whole messages at DEBUG.
    for name in ("httpx", "httpcore", "telegram", "sqlalchemy", "aiosqlite", "apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
