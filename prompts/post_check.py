"""What the post checker says, and the softer words it offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.reading import TextError, read


@dataclass(frozen=True)
class IssueText:
    name: str
    why: str
    instead: str


def issue_text(name: str) -> IssueText:
    """Of an issue, or of what lacks in the whole post."""
    return IssueText(**entry("issues", name))


def question_text(name: str) -> tuple[str, str, str]:
    """One of the training's six questions: the question, what to say when the post does well, and when it does not."""
    found = entry("questions", name)
    return found["question"], found["good"], found["doubt"]


def polarising_text(level: int) -> str:
    return str(read("post_check.yaml")["polarising"][level])


def medium_text(level: int) -> str:
    return str(read("post_check.yaml")["medium"][level])


def image_text(issues: Mapping[str, object] | set[str]) -> str:
    """Advice on the picture: on the first issue that has its own, else the general one."""
    own: dict[str, str] = read("post_check.yaml")["image"]
    return next((own[name] for name in own if name in issues), own["default"])


def context_lines() -> list[str]:
    """Sentences with a gap in square brackets, for the writer to fill."""
    lines: list[str] = read("post_check.yaml")["context_lines"]
    return lines


def connection_lines(address: str) -> list[str]:
    """Sentences that can close a post and bind, in jij or u."""
    return [str(line[address]) for line in read("post_check.yaml")["connection_lines"]]


@cache
def softer_words(absolute: bool) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern that finds every word group with a softer one, the longest first, and what to write instead; for
    absolute words, or for all others: a contempt is not mended by a milder "altijd"."""
    softer = {
        str(line["words"]): str(line["instead"])
        for line in read("softening.yaml")
        if (line["issue"] == "absolute") == absolute
    }
    longest_first = "|".join(re.escape(words) for words in sorted(softer, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE), softer


def entry(group: str, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = read("post_check.yaml")[group][name]
    except (KeyError, TypeError) as error:
        raise TextError(f"prompts/post_check.yaml: {group}.{name} ontbreekt") from error
    return found
