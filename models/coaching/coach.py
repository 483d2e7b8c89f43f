"""The draft coach: a comment and somebody's own reply in, feedback out.

Which words take which step, which fall into which pitfall, and how good the reply is, is learnt (`models.marking`);
what this comment asks for is the recipe of its situation (training, section 2.1).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from models.advice import Advice
from models.coaching.feedback import Better, Feedback
from models.coaching.missing import missing_steps
from models.coaching.rewriting import rewrite
from models.comment import Assessment, Comment
from models.drafting.composer import Composer
from models.drafting.request import Request
from models.house import House
from models.marking.marked import MarkedText, reply_passage
from models.marking.marker import Marker
from prompts.coaching import pitfall_text, reaction_text
from prompts.reading import labels

_LONG, _BARE = 90, 4
# What decides how a reply lands, gravest first.
_GRAVITY = (
    *("attack", "sarcasm", "feeding", "us_them", "dismiss", "lecture"),
    *("shouting", "defensive", "fact_dump", "false_promise", "absolute"),
)
_FORMAL = re.compile(r"\b(?:u|uw|uwe|uzelf)\b", re.IGNORECASE)
_INFORMAL = re.compile(r"\b(?:je|jij|jou|jouw|ge|gij|uwen)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OwnReply:
    """A reply of somebody's own to a comment that was assessed."""

    comment: Comment
    assessment: Assessment
    advice: Advice
    text: str


class DraftCoach:
    """Reads replies; `composer` writes the sentences that are missing."""

    def __init__(self, marker: Marker, composer: Composer) -> None:
        self._marker, self._composer = marker, composer

    def read(self, replies: Sequence[OwnReply], house: House) -> list[Feedback]:
        """One feedback per reply, in order."""
        marked = self._marker.mark(
            "reply", [reply_passage(reply.text, reply.comment.text, reply.comment.post) for reply in replies]
        )
        return [self._feedback(reply, found, house) for reply, found in zip(replies, marked, strict=True)]

    def _feedback(self, reply: OwnReply, found: MarkedText, house: House) -> Feedback:
        steps = tuple(mark for mark in found.marks if mark.name in labels()["steps"])
        pitfalls = tuple(mark for mark in found.marks if mark.name not in labels()["steps"])
        missing = missing_steps(reply.assessment, {mark.name for mark in steps})
        house = replace(house, address=address_of(reply.text) or house.address)
        drafts = self._composer.draft(Request(reply.comment, reply.assessment, reply.advice, house, count=1))
        composed = drafts[0] if drafts else None
        offered = {step.step: step.text for step in reversed(composed.steps)} if composed else {}
        wanted = {step: offered[step] for step in missing if step in offered}
        better = [Better(step, sentence) for step, sentence in wanted.items()]
        better += [Better(name, _instead(name, reply.text, house)) for name in dict.fromkeys(m.name for m in pitfalls)]
        changed = rewrite(reply.text, steps, pitfalls, wanted) if pitfalls or wanted else reply.text
        return Feedback(
            steps=steps,
            pitfalls=pitfalls,
            missing=missing,
            quality=round(found.level) + 1,
            better=tuple(better),
            rewrite=changed or (composed.text if composed else reply.text),
            reaction=_reaction(reply, {mark.name for mark in steps}, {mark.name for mark in pitfalls}),
        )


def address_of(text: str) -> str | None:
    """Either jij or u, by the words of the text; None where it addresses nobody."""
    formal, informal = len(_FORMAL.findall(text)), len(_INFORMAL.findall(text))
    if formal == informal:
        return None
    return "u" if formal > informal else "jij"


def _instead(pitfall: str, seed: str, house: House) -> str:
    choices = pitfall_text(pitfall).sentences
    jij, u = choices[hashlib.sha256(f"{pitfall}{seed}".encode()).digest()[0] % len(choices)]
    return u if house.address == "u" else jij


def _reaction(reply: OwnReply, steps: Collection[str], pitfalls: Collection[str]) -> str:
    speaker = "troll" if reply.assessment.speaker == "troll" else "citizen"
    grave = {"hate", "threat"} & set(reply.assessment.violations)
    words = len(reply.text.split())
    if pitfalls:
        name = min(pitfalls, key=_GRAVITY.index)
    elif words > _LONG:
        name = "long"
    elif words < _BARE:
        name = "bare"
    elif grave and "boundary" in steps:
        name = "good_hate"
    elif speaker == "troll":
        name = "good_troll"
    else:
        name = "good_citizen" if "acknowledge" in steps else "cold"
    return reaction_text(name, speaker)
