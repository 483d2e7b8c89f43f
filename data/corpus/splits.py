"""Which writer is for training, which for choosing and calibrating, which for the test nobody looks at.

Split by writer: each hand has its own posts, places and topics, so no thread and no near-copy straddles two splits.
"""

from __future__ import annotations

from typing import Literal

Split = Literal["train", "validation", "test"]

VALIDATION_WRITERS = frozenset({"w05", "w08"})
TEST_WRITERS = frozenset({"w04", "w11", "w12"})


def split_of(writer: str) -> Split:
    if writer in TEST_WRITERS:
        return "test"
    return "validation" if writer in VALIDATION_WRITERS else "train"
