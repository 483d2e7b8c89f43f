"""A screen: HTML as Telegram takes it, and rows of buttons."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

LONGEST_MESSAGE = 4096


@dataclass(frozen=True)
class Button:
    """`data` is sent back when the button is pressed; at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True)
class Screen:
    html: str
    buttons: tuple[tuple[Button, ...], ...] = field(default=())


def plain(markup: str) -> str:
    """The visible text of our own HTML, for the terminal."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def split(markup: str, limit: int = LONGEST_MESSAGE) -> list[str]:
    """Cut HTML into parts that fit one message each: at line ends, else at sentence ends, else at spaces.

    Tags left open at a cut are closed there and opened again in the next part. Lengths count the markup too, which
    Telegram does not: parts are never too long.
    """
    parts: list[str] = []
    rest = markup.strip()
    while len(rest) > limit:
        # Room for the closing and opening tags that a cut may add.
        window = rest[: limit - 64]
        cut = max(window.rfind("\n"), *(window.rfind(end) + 1 for end in (". ", "! ", "? ")))
        if cut <= 0:
            cut = window.rfind(" ")
        if cut <= 0:
            cut = len(window)
        # Never inside a tag or an entity.
        for opening, closing in (("<", ">"), ("&", ";")):
            start = rest.rfind(opening, 0, cut)
            if start >= 0 and closing not in rest[start:cut] and re.match(r"</?[a-z]|&[a-z#]", rest[start:]):
                cut = start
        part, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        open_tags = _open_tags(part)
        parts.append(part + "".join(f"</{tag.split()[0]}>" for tag in reversed(open_tags)))
        rest = "".join(f"<{tag}>" for tag in open_tags) + rest
    return [*parts, rest] if rest else parts


def _open_tags(markup: str) -> list[str]:
    tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z][^>]*)>", markup):
        if closing:
            tags.pop()
        else:
            tags.append(tag)
    return tags
