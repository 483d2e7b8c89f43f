"""Bring a database to the newest schema with Alembic, from code: no ini file, no other process."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url


def configuration(url: str) -> Config:
    """An Alembic configuration for this database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Run in a thread without a running event loop: Alembic is synchronous, our drivers are not."""
    database = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Go back to `revision`; for tests and emergencies."""
    command.downgrade(configuration(url), revision)


def check(url: str) -> None:
    """Raises when the tables in code and the newest migration differ."""
    command.check(configuration(url))
