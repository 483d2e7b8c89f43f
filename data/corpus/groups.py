"""Words for protected groups that can stand in each other's place."""

from __future__ import annotations

from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("groups.yaml")


def load_groups() -> dict[str, dict[str, list[str]]]:
    """Kind of group -> form of the word -> words. Every list of a kind keeps the order of the first."""
    groups: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return groups
