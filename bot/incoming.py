"""What a person pasted, as a comment; or the reason why it can't be read, to be said kindly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from models.comment import Comment
from models.encoding import clean

LONGEST = 20_000
_HEADER = re.compile(r"\s*(post|naam)\s*:[ \t]*(.*)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Unreadable:
    """Why there is nothing to assess: the name of a text in `prompts/texts.yaml`, and what to fill in."""

    text: str
    values: tuple[tuple[str, object], ...] = ()


def parse(text: str, *, post: str | None = None, author: str | None = None) -> Comment | Unreadable:
    """A pasted text. Its first lines may be `Post: …` and `Naam: …`; the arguments come from the message."""
    lines = clean(text).split("\n")
    while lines and (header := _HEADER.fullmatch(lines[0])):
        value = header[2].strip() or None
        if header[1].lower() == "post":
            post = value or post
        else:
            author = value or author
        lines.pop(0)
    return check(Comment("\n".join(lines).strip(), post, author), had_header=len(lines) < len(clean(text).split("\n")))


def check(comment: Comment, *, had_header: bool = False) -> Comment | Unreadable:
    """The comment itself when it can be read."""
    text = comment.text
    if not text:
        return Unreadable("only_post" if had_header else "empty")
    if len(text) > LONGEST:
        return Unreadable("too_long", (("count", len(text)), ("limit", LONGEST)))
    if not _LINK.sub("", text).strip():
        return Unreadable("only_link")
    letters = [c for c in text if c.isalpha()]
    if not letters and not any(c.isdigit() for c in text):
        return Unreadable("emoji_only")
    if letters and sum(unicodedata.name(c, "").startswith("LATIN") for c in letters) < len(letters) / 2:
        return Unreadable("other_script")
    return comment
