"""`coach --jsonl` and `check --jsonl`: feedback on somebody's own reply or post. Keys are stable; order is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from bot.door import BATCH, read_line
from models.advice import advise
from models.classifier import Classifier
from models.coaching.coach import DraftCoach, OwnReply
from models.coaching.feedback import Feedback
from models.coaching.post_check import PostCheck, PostFeedback
from models.comment import Comment
from models.house import House
from models.marking.marked import Mark

_COACHED = ("steps", "pitfalls", "missing", "quality", "better", "rewrite", "reaction")
_CHECKED = ("issues", "whole", "polarising", "doubts", "rewrite")


def coach_lines(lines: Iterable[str], classifier: Classifier, coach: DraftCoach, house: House) -> Iterator[str]:
    """In: id, comment, reply, post (may be null). Out: one line each."""
    for batch in _batches(lines):
        parsed = [read_line(line, ("comment", "reply"), ("post",)) for line in batch]
        good = [raw for _, raw in parsed if isinstance(raw, dict)]
        comments = [Comment(raw["comment"], raw["post"] or None) for raw in good]
        replies = [
            OwnReply(comment, assessment, advise(comment, assessment, house), raw["reply"])
            for comment, assessment, raw in zip(comments, classifier.assess(comments), good, strict=True)
        ]
        feedback = iter(coach.read(replies, house))
        for identity, raw in parsed:
            yield _line(identity, raw if isinstance(raw, str) else _coached(next(feedback)), _COACHED)


def check_lines(lines: Iterable[str], check: PostCheck, house: House) -> Iterator[str]:
    """In: id, post. Out: one line each."""
    for batch in _batches(lines):
        parsed = [read_line(line, ("post",), ()) for line in batch]
        feedback = iter(check.read([raw["post"] for _, raw in parsed if isinstance(raw, dict)], house))
        for identity, raw in parsed:
            yield _line(identity, raw if isinstance(raw, str) else _checked(next(feedback)), _CHECKED)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(lines)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _line(identity: Any, found: dict[str, Any] | str, keys: Sequence[str]) -> str:
    row = {**dict.fromkeys(keys), "error": found} if isinstance(found, str) else {**found, "error": None}
    return json.dumps({"id": identity, **row}, ensure_ascii=False)


def _coached(feedback: Feedback) -> dict[str, Any]:
    return {
        "steps": [_mark(mark) for mark in feedback.steps],
        "pitfalls": [_mark(mark) for mark in feedback.pitfalls],
        "missing": list(feedback.missing),
        "quality": feedback.quality,
        "better": [{"about": better.about, "sentence": better.sentence} for better in feedback.better],
        "rewrite": feedback.rewrite,
        "reaction": feedback.reaction,
    }


def _checked(feedback: PostFeedback) -> dict[str, Any]:
    return {
        "issues": [_mark(mark) for mark in feedback.issues],
        "whole": list(feedback.whole),
        "polarising": feedback.polarising,
        "doubts": list(feedback.doubts),
        "rewrite": feedback.rewrite,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"name": mark.name, "span": mark.span, "probability": round(mark.probability, 4)}
