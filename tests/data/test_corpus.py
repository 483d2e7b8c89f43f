from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.corpus import CorpusError, corpus_sha256, load_corpus, split_of
from data.corpus.codebook import HINTS, KINDS, VIOLATIONS

ITEMS = load_corpus()
GOOD = (
    '{"id":"x-1","comment":"a","post":null,"author":null,"speaker":"citizen","tone":"calm","violations":[],'
    '"emotion":"none","concern":"none","kinds":[],"pair":null}'
)


def test_the_corpus_holds_at_least_1500_comments_by_several_hands() -> None:
    assert len(ITEMS) >= 1500
    assert len({item.writer for item in ITEMS}) >= 6


def test_about_half_are_citizens_and_a_tenth_is_unclear() -> None:
    shares = {speaker: count / len(ITEMS) for speaker, count in Counter(item.speaker for item in ITEMS).items()}
    assert 0.45 < shares["citizen"] < 0.56
    assert 0.07 < shares["unclear"] < 0.14


def test_most_comments_have_a_post_and_an_author() -> None:
    assert sum(item.post is not None for item in ITEMS) > 0.6 * len(ITEMS)
    assert sum(item.author is not None for item in ITEMS) > 0.5 * len(ITEMS)


def test_no_id_and_no_comment_stands_twice() -> None:
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    # One hand put the same comments under a fitting and another post.
    texts = Counter((" ".join(item.comment.lower().split()), item.post) for item in ITEMS)
    assert sum(count - 1 for count in texts.values()) <= len(ITEMS) * 0.002


def test_every_violation_has_examples_in_every_split() -> None:
    for split in ("train", "validation", "test"):
        found = Counter(v for item in ITEMS if split_of(item.writer) == split for v in item.violations)
        assert all(found[name] >= 5 for name in VIOLATIONS), (split, found)


@pytest.mark.parametrize("field", ["post", "pair"])
def test_no_thread_and_no_minimal_pair_straddles_two_splits(field: str) -> None:
    splits: dict[tuple[str, str], set[str]] = {}
    for item in ITEMS:
        value = getattr(item, field)
        if value is not None:
            key = (item.writer, value) if field == "pair" else ("", " ".join(value.lower().split()))
            splits.setdefault(key, set()).add(split_of(item.writer))
    assert [key for key, found in splits.items() if len(found) > 1] == []


def test_hints_are_part_of_the_kinds() -> None:
    assert set(HINTS) <= KINDS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"speaker":"citizen"', '"speaker":"burger"'),
        ('"violations":[]', '"violations":["rude"]'),
        ('"violations":[]', '"violations":["off_topic"]'),
        ('"comment":"a"', '"comment":" "'),
        ('"id":"x-1"', '"id":"y-1"'),
        (',"pair":null', ""),
        ("{", ""),
    ],
)
def test_a_line_that_is_not_to_the_codebook_is_named(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "x.jsonl").write_text(f"{GOOD}\n{GOOD.replace(old, new, 1)}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.jsonl:2"):
        load_corpus(tmp_path)


def test_the_hash_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(GOOD, encoding="utf-8")
    before = corpus_sha256(tmp_path)
    (tmp_path / "x.jsonl").write_text(GOOD.replace('"a"', '"b"'), encoding="utf-8")
    assert corpus_sha256(tmp_path) != before
