"""The corpus the classifier learns from: comments written and labelled to the codebook (see README.md)."""

from data.corpus.reading import CORPUS_DIR, CorpusError, CorpusItem, corpus_sha256, load_corpus
from data.corpus.splits import Split, split_of

__all__ = ["CORPUS_DIR", "CorpusError", "CorpusItem", "Split", "corpus_sha256", "load_corpus", "split_of"]
