"""The one loader of the texts a trainer edits: reads YAML, and says in one line what is wrong and where."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


class TextError(ValueError):
    """A file in `prompts/` does not say what it should; the message names file and entry."""


@cache
def read(name: str) -> Any:
    """The parsed content of one YAML file in `prompts/`, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with (FOLDER / name).open(encoding="utf-8") as stream:
            return yaml.load(stream, loader)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise TextError(f"prompts/{name}: {error}") from error


def labels() -> dict[str, dict[str, str]]:
    """Dutch names of every label: `labels()["tone"]["heated"]` is "fel"."""
    content: dict[str, dict[str, str]] = read("labels.yaml")
    return content


def as_tuple(value: object) -> tuple[str, ...]:
    """A tag may be written as one word or as a list."""
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
