"""Which writer is for training, which for choosing and calibrating, which for the test nobody looks at.

Split by writer: each hand has its own posts, places and topics, so no thread and no near-copy straddles two splits.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Split = Literal["train", "validation", "test", "fresh"]

VALIDATION_WRITERS = frozenset({"w05", "w08", "w19"})
# What the second release got wrong on these was seen, and new hands were asked for more of it.
TEST_WRITERS = frozenset({"w04", "w11", "w12", "w39", "w40"})
# Written while the last release was training: nothing was ever chosen by looking at them.
FRESH_WRITERS = frozenset({"w47", "w48"})


def split_of(writer: str, test_writers: Collection[str] = TEST_WRITERS) -> Split:
    """The split of a hand; with other `test_writers`, the usual ones train."""
    if writer in test_writers:
        return "test"
    if writer in FRESH_WRITERS:
        return "fresh"
    return "validation" if writer in VALIDATION_WRITERS else "train"
