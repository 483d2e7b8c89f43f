"""Replace personal data by a word for its kind, before anything is stored or leaves the process.

Patterns for what has a form (e-mail, phone, plate, bank account, national number, link, address); a list of frequent
first names for people. Names without a first name from the list stay.
"""

from __future__ import annotations

import re
from functools import cache

from prompts.reading import read

_STREETS = r"(?:straat|laan|weg|plein|lei|steenweg|dreef|kaai|baan|dijk|hof|park|pad|singel|markt|lane|square)"
_PATTERNS = (
    ("[link]", re.compile(r"(?:https?://|www\.)\S+", re.I)),
    ("[e-mail]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("[rekening]", re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?\d{4}){3,5}\b", re.I)),
    ("[rijksregisternummer]", re.compile(r"\b\d{2}[.]?\d{2}[.]?\d{2}[- ]\d{3}[. ]?\d{2}\b")),
    ("[telefoon]", re.compile(r"(?<![\w/])(?:\+|0)\d?(?:[ ./()-]{0,2}\d){7,12}(?!\w)")),
    ("[nummerplaat]", re.compile(r"\b[1-9][- ]?[A-Z]{3}[- ]?\d{3}\b|\b[A-Z]{3}[- ]\d{3}\b", re.I)),
    (
        "[adres]",
        re.compile(
            rf"\b[A-ZÀ-Ý][\w'’.-]*(?:[ ][A-ZÀ-Ý][\w'’.-]*)*{_STREETS}\s+(?:nr\.?\s*|nummer\s*)?\d+(?:\s?[a-z]\b)?"
        ),
    ),
    ("[adres]", re.compile(rf"\b\w+{_STREETS}\s+(?:nr\.?\s*|nummer\s*)?\d+(?:\s?[a-z]\b)?", re.I)),
    ("[naam]", re.compile(r"(?<!\w)@\w{2,}")),
)


def mask(text: str) -> str:
    """The text without personal data that has a recognisable form; names become `[naam]`."""
    for replacement, pattern in _PATTERNS:
        text = pattern.sub(replacement, text)
    return _names().sub("[naam]", text)


def mask_author(name: str | None) -> str | None:
    """A displayed name is personal data as a whole; only that there was one is kept."""
    return "[naam]" if name else None


@cache
def _names() -> re.Pattern[str]:
    first = "|".join(sorted(map(re.escape, read("first_names.yaml")), key=len, reverse=True))
    particles = "van|de|den|der|el|ben|ten|ter|vande|vander|von|al|di|da|Van|De|Den|Der|El|Ben"
    surname = rf"(?:[ ](?:{particles}))*[ ][A-ZÀ-Ý][\w'’-]+"
    return re.compile(rf"\b(?:{first})\b(?:{surname})?")
