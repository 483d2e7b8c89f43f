"""Where sentences begin and end, in Dutch as people type it."""

from __future__ import annotations

import re

_BORDER = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:bv|bijv|nr|dhr|mevr|mr|dr|blz|tel|ca|max|min|incl|excl|resp|art|st|d\.w\.z|o\.a|t\.e\.m|m\.a\.w|e\.d)|\b[a-tv-z])\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, without the white space between them."""
    found: list[tuple[int, int]] = []
    start = 0
    for border in _BORDER.finditer(text):
        before = text[start : border.start()]
        if "\n" not in border[0] and _ABBREVIATION.search(before):
            continue
        end = border.start() + len(border[0].rstrip()) if "\n" not in border[0] else border.start()
        if text[start:end].strip():
            found.append((start, end))
        start = border.end()
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found
