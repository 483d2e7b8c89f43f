"""The words that led to a verdict, by gradient times input at the last layer.

The speaker head is linear over the mean of the comment's pieces, so each piece has an exact share in the log-odds
(Ancona et al. 2018 show that gradient x input is exact there); the shares of a word's pieces add up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from models.comment import Sign

MOST_SIGNS = 3
# Under this a word explains nothing.
_LEAST_WEIGHT = 0.001


# A piece of a text: where it starts and ends, and what it adds to the log-odds of troll.
Share = tuple[int, int, float]


def find_signs(text: str, shares: Sequence[Share], troll: float) -> tuple[Sign, ...]:
    """Up to three signs, strongest first, in the comment's own words; `troll` is the probability they explain."""
    # The signs speak for the likelier side, also when the decision is "unclear".
    side = 1.0 if troll >= 0.5 else -1.0
    sure = max(troll, 1 - troll)
    weights: dict[str, float] = {}
    for word in re.finditer(r"\S+", text):
        share = side * sum(value for start, end, value in shares if word.start() < end and start < word.end())
        name = _strip(word[0])
        weight = sure - _without(sure, share)
        if weight >= _LEAST_WEIGHT and _says_something(name):
            weights[name] = max(weight, weights.get(name, 0.0))
    ranked = sorted(weights.items(), key=lambda item: -item[1])[:MOST_SIGNS]
    return tuple(Sign(name, weight) for name, weight in ranked)


def _without(probability: float, share: float) -> float:
    """The probability when this share is taken out of its log-odds."""
    odds = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6)) - share
    return 1 / (1 + math.exp(-odds))


def _says_something(text: str) -> bool:
    """ "ik" or "de" may move the model, but tells a person nothing; an emoji or a longer word does."""
    return any(len(word) > 3 or not word.isalpha() for word in text.split())


def _strip(text: str) -> str:
    return text.strip(" \n\t.,;:!?\"'“”‘’()…") or text.strip()
