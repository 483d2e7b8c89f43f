"""The words that led to a verdict, by occlusion: take words out, ask the same model again, see how far it moves.

Occlusion (Zeiler & Fergus 2014) needs a forward pass per candidate. A comment of up to 12 words has each word tried;
a longer one is first cut into short runs of words, and only the runs that matter are looked at word by word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from models.comment import Assessment, Comment, Sign

MOST_SIGNS = 3
_RUNS = 12
# Under this fall in probability a word explains nothing.
_LEAST_WEIGHT = 0.001


class _Scorer(Protocol):
    def troll_probabilities(self, comments: Sequence[Comment]) -> list[float]: ...


@dataclass(frozen=True)
class _Span:
    owner: int
    start: int
    end: int


def find_signs(
    scorer: _Scorer, comments: Sequence[Comment], assessments: Sequence[Assessment]
) -> list[tuple[Sign, ...]]:
    """Up to three signs per comment, strongest first, in the comment's own words."""
    spans = [span for number, comment in enumerate(comments) for span in _runs(number, comment.text)]
    weighed = _weigh(scorer, comments, assessments, spans)
    result = []
    for number, comment in enumerate(comments):
        own = sorted((w, _strip(comment.text[s.start : s.end])) for w, s in weighed if s.owner == number)
        # Repeated words count once; the later entry, the heavier one, wins.
        strongest = {text: weight for weight, text in own if weight >= _LEAST_WEIGHT and _says_something(text)}
        ranked = sorted(strongest.items(), key=lambda item: -item[1])[:MOST_SIGNS]
        result.append(tuple(Sign(text, weight) for text, weight in ranked))
    return result


def _runs(owner: int, text: str) -> list[_Span]:
    """The text as at most twelve runs of whole words, never across the end of a clause."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    size = max(1, -(-len(words) // _RUNS))
    spans: list[_Span] = []
    begin = 0
    for position in range(len(words)):
        full = position - begin + 1 >= size
        clause = size > 1 and text[words[position][1] - 1] in ".!?;:,"
        if full or clause or position == len(words) - 1:
            spans.append(_Span(owner, words[begin][0], words[position][1]))
            begin = position + 1
    return spans


def _weigh(
    scorer: _Scorer, comments: Sequence[Comment], assessments: Sequence[Assessment], spans: Sequence[_Span]
) -> list[tuple[float, _Span]]:
    without = []
    for span in spans:
        comment = comments[span.owner]
        rest = f"{comment.text[: span.start].rstrip()} {comment.text[span.end :].lstrip()}".strip()
        without.append(replace(comment, text=rest))
    trolls = scorer.troll_probabilities(without)
    weighed = []
    for span, troll in zip(spans, trolls, strict=True):
        before = assessments[span.owner].probabilities["troll"]
        # The sign speaks for the likelier side, also when the decision is "unclear".
        fall = before - troll if before >= 0.5 else troll - before
        weighed.append((fall, span))
    return weighed


def _says_something(text: str) -> bool:
    """ "ik" or "de" may move the model, but tells a person nothing; an emoji or a longer word does."""
    return any(len(word) > 3 or not word.isalpha() for word in text.split())


def _strip(text: str) -> str:
    return text.strip(" \n\t.,;:!?\"'“”‘’()…") or text.strip()
