"""Replies and posts: every label is the codebook's, every span stands in its text, no hand stands in two splits."""

from __future__ import annotations

import pytest

from data.labelled import ISSUES, PITFALLS, STEPS, WHOLES, LabelledText, load_posts, load_replies


@pytest.mark.parametrize(
    ("texts", "names", "levels", "least"),
    [
        (load_replies(), {*STEPS, *PITFALLS}, {1, 2, 3, 4, 5}, 3000),
        (load_posts(), {*ISSUES}, {0, 1, 2, 3}, 1500),
    ],
)
def test_labels_are_the_codebooks_and_spans_are_exact(
    texts: list[LabelledText], names: set[str], levels: set[int], least: int
) -> None:
    assert len({text.id for text in texts}) == len(texts) >= least
    for text in texts:
        for reading in text.readings:
            assert all(span in text.text for _, span in reading.marks), text.id
    assert {name for text in texts for name, _ in text.readings[0].marks} == names
    assert {text.readings[0].level for text in texts} == levels


@pytest.mark.parametrize("texts", [load_replies(), load_posts()])
def test_no_text_and_no_comment_stands_in_two_splits(texts: list[LabelledText]) -> None:
    for of in (lambda text: text.text, lambda text: text.comment):
        splits: dict[str, set[str]] = {}
        for text in texts:
            # A bare "Schandalig!!!" is anybody's.
            if len((of(text) or "").split()) > 4:
                splits.setdefault(of(text), set()).add(text.split)
        assert all(len(found) == 1 for found in splits.values())


def test_a_second_reader_read_the_test_hands() -> None:
    read_twice = [text for text in (*load_replies(), *load_posts()) if len(text.readings) == 2]
    assert len(read_twice) > 700
    assert {text.split for text in read_twice} == {"test"}
    assert {name for text in load_posts() for name in text.readings[0].wholes} == set(WHOLES)
