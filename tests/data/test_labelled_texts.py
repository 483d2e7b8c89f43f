"""Replies and posts: every label is the codebook's, every span stands in its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import data

STEPS = {"acknowledge", "open_question", "common_ground", "vulnerability", "boundary", "invite", "information"}
PITFALLS = {
    *("attack", "sarcasm", "lecture", "us_them", "absolute", "defensive"),
    *("fact_dump", "dismiss", "false_promise", "feeding", "shouting"),
}
ISSUES = {"absolute", "us_them", "stereotype", "judgement", "loaded_word", "blame", "targets_group"}


def lines(folder: str) -> list[dict[str, Any]]:
    files = sorted((Path(next(iter(data.__path__))) / folder).glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("folder", "text", "names", "least"),
    [
        ("replies", "reply", {"steps": STEPS, "pitfalls": PITFALLS}, 1200),
        ("posts", "post", {"issues": ISSUES}, 600),
    ],
)
def test_labels_are_the_codebooks_and_spans_are_exact(
    folder: str, text: str, names: dict[str, set[str]], least: int
) -> None:
    items = lines(folder)
    assert len({item["id"] for item in items}) == len(items) >= least
    for item in items:
        for field, allowed in names.items():
            for label in item[field]:
                assert label["name"] in allowed, item["id"]
                assert label["span"], item["id"]
                assert label["span"] in item[text], item["id"]
    for field, allowed in names.items():
        assert {label["name"] for item in items for label in item[field]} == allowed


def test_scores_lie_in_their_range() -> None:
    assert {item["quality"] for item in lines("replies")} == {1, 2, 3, 4, 5}
    assert {item["polarising"] for item in lines("posts")} == {0, 1, 2, 3}
    assert {name for item in lines("posts") for name in item["whole"]} == {"no_context", "no_connection"}
