"""Texts into token ids: the text to judge is the first segment, what surrounds it the marked second one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from models.comment import Comment

COMMENT_TOKENS = 224
# A longer text is read in smaller parts: one vile sentence drowns in a full window of weather talk.
PART_TOKENS = 80
CONTEXT_TOKENS = 96


@dataclass(frozen=True)
class Batch:
    """Shapes: all (comments, longest length); `comment_mask` is 1 on the comment's own pieces only."""

    input_ids: NDArray[np.int64]
    token_type_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    comment_mask: NDArray[np.float32]


def clean(text: str) -> str:
    """Drop what cannot be seen (zero-width characters, controls, bidi marks), so that hidden letters change nothing."""
    kept = (c if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs") else "" for c in text)
    return "".join(kept).strip()


def is_shout(text: str) -> bool:
    """A text of several words that is nearly all capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) > 2 and len(letters) > 9 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def context_of(comment: Comment) -> str | None:
    """The second segment: the name first, since a long post may be cut."""
    parts = []
    if comment.author:
        parts.append(f"naam: {clean(comment.author)}")
    if comment.post:
        parts.append(f"post: {clean(comment.post)}")
    return " · ".join(parts) or None


def split_long(tokenizer: Tokenizer, text: str) -> list[str]:
    """Parts of a text that each fit the window, cut at white space; a text that fits comes back alone."""
    parts: list[str] = []
    while True:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= (PART_TOKENS if parts else COMMENT_TOKENS):
            return [*parts, text]
        end = encoding.offsets[PART_TOKENS - 1][1]
        # A text without a single space has to be cut inside a word.
        cut = max(text.rfind(" ", 1, end), text.rfind("\n", 1, end))
        cut = cut if cut > 0 else end
        parts.append(text[:cut])
        text = text[cut:].strip()


@dataclass(frozen=True)
class Encoded:
    """One comment as the tokenizer gives it; `own` counts the pieces of the comment itself."""

    encoding: Encoding
    own: int

    def __len__(self) -> int:
        return len(self.encoding.ids)


def encode(tokenizer: Tokenizer, comments: Sequence[Comment]) -> list[Encoded]:
    """One entry per comment, cut to the window."""
    return encode_pairs(tokenizer, [(clean(comment.text), context_of(comment)) for comment in comments])


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str | None]]) -> list[Encoded]:
    """One entry per (text, context), both clean: the text may fill 224 pieces, its context 96."""
    encoded = []
    for text, context in pairs:
        first = tokenizer.encode(text, add_special_tokens=False)
        first.truncate(COMMENT_TOKENS)
        second = None
        if context is not None:
            second = tokenizer.encode(context, add_special_tokens=False)
            second.truncate(CONTEXT_TOKENS)
        encoded.append(Encoded(tokenizer.post_process(first, second), len(first.ids)))
    return encoded


def collate(comments: Sequence[Encoded], pad_id: int, token_types: int, multiple: int = 1) -> Batch:
    """Pad to the longest, rounded up to a multiple (kernels are prepared once per shape).

    Encoders with one token type (RoBERTa) get zeros: the separators mark the segment for them.
    """
    longest = max(map(len, comments))
    length = -(-longest // multiple) * multiple
    shape = (len(comments), length)
    ids = np.full(shape, pad_id, dtype=np.int64)
    types = np.zeros(shape, dtype=np.int64)
    attention = np.zeros(shape, dtype=np.int64)
    own = np.zeros(shape, dtype=np.float32)
    for row, comment in enumerate(comments):
        encoding, size = comment.encoding, len(comment)
        ids[row, :size] = encoding.ids
        attention[row, :size] = 1
        if token_types > 1:
            types[row, :size] = encoding.type_ids
        # post_process forgets which piece came from which segment: the comment's are the first that are not special.
        content = [place for place, special in enumerate(encoding.special_tokens_mask) if not special]
        # An empty comment has no piece of its own: the opening mark stands in for it.
        own[row, content[: comment.own] or [0]] = 1
    return Batch(ids, types, attention, own)
