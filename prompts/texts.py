"""Interface texts by name, filled in; whatever is filled in is HTML-escaped, so a comment can't bring markup along."""

from __future__ import annotations

import html
from typing import Any

from prompts.reading import TextError, read


def text(name: str, /, **values: object) -> str:
    """The text under a dotted name ("draft_form.short"). Values are escaped; a missing one is named in the error."""
    template = entry(name)
    if not isinstance(template, str):
        raise TextError(f"prompts/texts.yaml: {name} is geen tekst")
    try:
        return template.format(**{key: html.escape(str(value), quote=False) for key, value in values.items()})
    except KeyError as error:
        raise TextError(f"prompts/texts.yaml: {name} vraagt {error}, dat niet gegeven werd") from error


def entry(name: str) -> Any:
    """The raw entry under a dotted name: a text, a list or a mapping."""
    found = read("texts.yaml")
    for part in name.split("."):
        try:
            found = found[part]
        except (KeyError, TypeError) as error:
            raise TextError(f"prompts/texts.yaml: {name} ontbreekt") from error
    return found


def counted(name: str, number: int) -> str:
    """A number with its noun: "1 reactie", "3 reacties"."""
    one, many = entry(f"counted.{name}")
    return str(one if number == 1 else many.format(n=number))
