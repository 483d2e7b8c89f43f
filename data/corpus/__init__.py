"""The corpus the classifier learns from: comments written and labelled to the codebook (see README.md)."""

from data.corpus.groups import load_groups
from data.corpus.reading import (
    CORPUS_DIR,
    CorpusError,
    CorpusItem,
    Labels,
    corpus_sha256,
    load_corpus,
    load_second_labels,
)
from data.corpus.splits import TEST_WRITERS, Split, split_of

__all__ = [
    "CORPUS_DIR",
    "TEST_WRITERS",
    "CorpusError",
    "CorpusItem",
    "Labels",
    "Split",
    "corpus_sha256",
    "load_corpus",
    "load_groups",
    "load_second_labels",
    "split_of",
]
