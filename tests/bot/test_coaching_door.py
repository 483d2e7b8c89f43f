"""The machine doors of the draft coach and the post check: stable keys, order kept, a bad line alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.coaching_door import check_lines, coach_lines
from bot.loading import Models
from data.labelled import ISSUES, PITFALLS, STEPS, WHOLES
from models.house import House

COMMENT = "Al drie keer gebeld over die stinkende container en niemand komt."


def coached(models: Models, *lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in coach_lines(lines, models.classifier, models.draft_coach, House())]


def checked(models: Models, *lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in check_lines(lines, models.post_check, House())]


def test_a_reply_gets_every_key(models: Models) -> None:
    reply = "Dag Jan, u overdrijft, zo erg is dat niet. Welke container is het precies?"
    (row,) = coached(models, json.dumps({"id": 7, "comment": COMMENT, "reply": reply}))
    assert row["id"] == 7 and row["error"] is None
    assert {mark["name"] for mark in row["steps"]} <= set(STEPS)
    assert {mark["name"] for mark in row["pitfalls"]} <= set(PITFALLS)
    for mark in (*row["steps"], *row["pitfalls"]):
        assert mark["span"] in reply and 0 <= mark["probability"] <= 1
    assert set(row["missing"]) <= set(STEPS)
    assert row["quality"] in (1, 2, 3, 4, 5)
    assert isinstance(row["rewrite"], str) and row["rewrite"]


def test_a_post_gets_every_key(models: Models) -> None:
    post = "Die asociale wegpiraten hebben weer lak aan iedereen."
    (row,) = checked(models, json.dumps({"id": "a", "post": post}))
    assert {mark["name"] for mark in row["issues"]} <= set(ISSUES)
    assert all(mark["span"] in post for mark in row["issues"])
    assert set(row["whole"]) <= set(WHOLES)
    assert row["polarising"] in (0, 1, 2, 3)
    assert isinstance(row["rewrite"], str)


@pytest.mark.parametrize(
    "bad",
    [
        "geen json",
        "[]",
        json.dumps({"id": 1}),
        json.dumps({"id": 1, "comment": COMMENT, "reply": ""}),
        json.dumps({"id": 1, "comment": "", "reply": "ok"}),
        json.dumps({"id": 1, "comment": COMMENT, "reply": 5}),
        json.dumps({"id": 1, "comment": COMMENT, "reply": "ok", "post": 3}),
        json.dumps({"id": 1, "comment": COMMENT, "reply": "x " * 20_000}),
    ],
)
def test_a_bad_line_gets_its_own_error_and_the_others_go_on(models: Models, bad: str) -> None:
    good = json.dumps({"id": 2, "comment": COMMENT, "reply": "Waar staat die container precies?"})
    first, wrong, last = coached(models, good, bad, good)
    assert wrong["error"] and wrong["quality"] is None
    assert first == last and first["error"] is None


@pytest.mark.parametrize("bad", ["{", json.dumps({"id": 1, "post": " "}), json.dumps({"id": 1, "post": None})])
def test_a_bad_post_gets_its_own_error(models: Models, bad: str) -> None:
    wrong, good = checked(models, bad, json.dumps({"id": 2, "post": "Zaterdag is het buurtfeest."}))
    assert wrong["error"] and wrong["polarising"] is None
    assert good["error"] is None
