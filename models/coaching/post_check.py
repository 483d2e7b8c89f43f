"""The post check: a post of one's own in, what polarises out, and a post that says the same without it.

What polarises is learnt (`models.marking`, section 7 of the codebook); the six questions are the training's own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.coaching.coach import address_of
from models.house import House
from models.marking.marked import Mark, MarkedText, Passage
from models.marking.marker import Marker
from models.sentences import sentences
from prompts.post_check import connection_lines, context_lines, softer_words

# Each of the six questions, and what speaks against a good answer.
QUESTIONS = {
    "context": {"no_context"},
    "reactions": {"blame", "us_them", "targets_group"},
    "matter_of_fact": {"absolute", "loaded_word"},
    "stereotypes": {"stereotype", "targets_group"},
    "judgement": {"judgement", "blame"},
    "connection": {"no_connection", "us_them"},
}


_WORST = 3


@dataclass(frozen=True)
class PostFeedback:
    """`polarising` runs from 0 (not) to 3 (oil on the fire); `whole` names what lacks in the post as a whole; `doubts`
    are the questions of the training that deserve a second look. `rewrite` is the post itself when nothing is amiss.
    """

    issues: tuple[Mark, ...]
    whole: tuple[str, ...]
    polarising: int
    doubts: tuple[str, ...]
    rewrite: str


class PostCheck:
    def __init__(self, marker: Marker) -> None:
        self._marker = marker

    def read(self, posts: Sequence[str], house: House) -> list[PostFeedback]:
        """One feedback per post, in order."""
        marked = self._marker.mark("post", [Passage(post) for post in posts])
        return [_feedback(post, found, house) for post, found in zip(posts, marked, strict=True)]


def _feedback(post: str, found: MarkedText, house: House) -> PostFeedback:
    names = {mark.name for mark in found.marks} | set(found.wholes)
    return PostFeedback(
        issues=found.marks,
        whole=found.wholes,
        polarising=round(found.level),
        doubts=tuple(question for question, against in QUESTIONS.items() if names & against),
        rewrite=_rewrite(post, found.marks, found.wholes, round(found.level), house) if names else post,
    )


def _rewrite(post: str, issues: Sequence[Mark], wholes: Sequence[str], polarising: int, house: House) -> str:
    """Softer words where the bank has them; a sentence that polarises without them goes; what lacks is added."""
    kept: list[str] = []
    dropped = False
    for start, end in sentences(post):
        touched = [mark for mark in issues if mark.start < end and mark.end > start]
        # In a post that pours oil on the fire, a milder word leaves the fire: what is not merely absolute goes.
        mild = polarising < _WORST or all(mark.name == "absolute" for mark in touched)
        softened = _soften(post, start, end, touched) if mild else None
        if softened is None:
            dropped = True
        else:
            kept.append(softened)
    address = address_of(post) or house.address
    if "no_context" in wholes or (dropped and not kept):
        kept.insert(0, _chosen(context_lines(), post))
    if "no_connection" in wholes or (len(kept) < 2 and dropped):
        kept.append(_chosen(connection_lines(address), post))
    return " ".join(kept)


def _soften(post: str, start: int, end: int, issues: Sequence[Mark]) -> str | None:
    """The sentence with softer words; None when a mark in it has none."""
    changes: dict[tuple[int, int], str] = {}
    for mark in issues:
        pattern, softer = softer_words(mark.name == "absolute")
        found = list(pattern.finditer(post, max(start, mark.start), min(end, mark.end)))
        if not found:
            return None
        changes |= {m.span(): softer[m[0].lower()] for m in found}
    sentence = post[start:end]
    for (first, last), words in sorted(changes.items(), reverse=True):
        sentence = sentence[: first - start] + words + sentence[last - start :]
    sentence = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r" {2,}", " ", sentence)).strip(" ,")
    return sentence[:1].upper() + sentence[1:] if changes else sentence


def _chosen(lines: Sequence[str], seed: str) -> str:
    return lines[hashlib.sha256(seed.encode()).digest()[0] % len(lines)]
