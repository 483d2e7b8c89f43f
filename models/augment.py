"""The same comment as another hand would type it: case, accents, slips. Training only.

What a comment means does not hang on these, so the labels stay; capitals alone change two of them, as the codebook says.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

from models.example import Example

SHARE_CAPITALS = 0.06
SHARE_LOWER = 0.12
SHARE_SLIPS = 0.12
SHARE_PLAIN = 0.06


def vary(example: Example, chance: random.Random) -> Example:
    """The example itself, or one variation of it."""
    draw = chance.random()
    text = example.comment.text
    for share, change in ((SHARE_LOWER, _lower), (SHARE_SLIPS, _slips), (SHARE_PLAIN, _plain)):
        if draw < share:
            return replace(example, comment=replace(example.comment, text=change(text, chance)))
        draw -= share
    return _shouted(example) if draw < SHARE_CAPITALS else example


def _shouted(example: Example) -> Example:
    tone = "heated" if example.tone == "calm" else example.tone
    violations = tuple(dict.fromkeys([*example.violations, "shouting"]))
    comment = replace(example.comment, text=example.comment.text.upper())
    return replace(example, comment=comment, tone=tone, violations=violations)


def _lower(text: str, _chance: random.Random) -> str:
    # A shout in capitals is a label of its own: it is left as it stands.
    return text if any(word.isupper() and len(word) > 3 for word in text.split()) else text.lower()


def _plain(text: str, _chance: random.Random) -> str:
    """No accents, no punctuation at the end."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return stripped.rstrip(".!?… ") or text


def _slips(text: str, chance: random.Random) -> str:
    """One slip per twelve words or so: letters swapped, doubled or left out inside a longer word."""
    words = text.split(" ")
    for _ in range(1 + len(words) // 12):
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) < 4 or not word.isalpha():
            continue
        at = chance.randrange(1, len(word) - 1)
        words[place] = chance.choice(
            [
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at:][:1] + word[at:],
                word[:at] + word[at + 1 :],
            ]
        )
    return " ".join(words)
