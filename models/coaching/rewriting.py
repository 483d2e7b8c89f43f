"""A rewrite that keeps the writer's own sentences where they are good."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.encoding import is_shout
from models.marking.marked import Mark
from models.sentences import sentences

# Where a new sentence goes, seen from the steps that stand before it.
_ORDER = ("acknowledge", "vulnerability", "boundary", "common_ground", "information", "open_question", "invite")
_GREETING = re.compile(
    r"(?:dag|beste|hallo|hey|hoi|goeiedag|goedendag|goedemorgen|goedemiddag|goeiemorgen|geachte)\b[^.!?\n]{0,40}?(?:,|!|\n)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:groet|groeten|groetjes|met vriendelijke|mvg|vriendelijke groet|hartelijk)", re.IGNORECASE)
_RUNS = re.compile(r"([!?])[!?]+")


def rewrite(reply: str, steps: Sequence[Mark], pitfalls: Sequence[Mark], wanted: Mapping[str, str]) -> str:
    """Drop the sentences with a pitfall, quieten those that only shout, and add `wanted`: sentences by missing step.

    The greeting stays first and the signature last. "" when nothing is left to say.
    """
    greeting, body, closing = _parts(reply)
    kept: list[tuple[str, str]] = []
    for start, end in sentences(reply[body[0] : body[1]]):
        start, end = start + body[0], end + body[0]
        faults = {mark.name for mark in pitfalls if _lies_in(mark, start, end)}
        if faults - {"shouting"}:
            continue
        taken = [mark.name for mark in steps if _lies_in(mark, start, end)]
        words = reply[start:end]
        kept.append((taken[0] if taken else "", quieten(words) if faults else words))
    for step in sorted(wanted, key=_ORDER.index):
        place = next(
            (n for n, (own, _) in enumerate(kept) if own and _ORDER.index(own) > _ORDER.index(step)), len(kept)
        )
        kept.insert(place, (step, wanted[step]))
    text = " ".join(sentence for _, sentence in kept)
    if not text:
        return ""
    if greeting:
        text = f"{greeting.rstrip()}{chr(10) if greeting.endswith(chr(10)) else ' '}{text}"
    return f"{text}\n{closing}" if closing else text


def _lies_in(mark: Mark, start: int, end: int) -> bool:
    """Whether the mark is about this sentence: the edges of marks spill a word or two into the next one."""
    shared = min(mark.end, end) - max(mark.start, start)
    return 2 * shared > min(mark.end - mark.start, end - start)


def quieten(text: str) -> str:
    """The same words without shouting: small letters, one mark at the end."""
    calm = _RUNS.sub(lambda run: "?" if "?" in run[0] else ".", text).replace("!", ".")

    # Short words in capitals between small letters are names of services.
    calm = calm.lower() if is_shout(calm) else re.sub(r"\b[A-ZÀ-Ý]{5,}\b", lambda word: word[0].lower(), calm)
    return calm[:1].upper() + calm[1:]


def _parts(reply: str) -> tuple[str, tuple[int, int], str]:
    """Greeting, the span of what lies between, and the signature."""
    found = _GREETING.match(reply)
    start = found.end() if found else 0
    borders = sentences(reply[start:])
    if len(borders) > 1:
        last, end = borders[-1][0] + start, borders[-1][1] + start
        words = reply[last:end]
        # A last line without an end mark is a name or a service.
        if _CLOSING.match(words) or (len(words.split()) <= 6 and words[-1] not in ".!?…"):
            return reply[:start], (start, last), words
    return reply[:start], (start, len(reply)), ""
