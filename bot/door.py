"""The machine door: JSON lines in, JSON lines out, in order, in constant memory. Its keys are stable.

A line that can't be read gets its `error`; the stream goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from bot.incoming import LONGEST
from models.advice import Advice, advise
from models.classifier import Classifier
from models.comment import Assessment, Comment
from models.drafting.composer import FORMS
from models.drafting.draft import Draft
from models.drafting.gated import GatedDrafter
from models.drafting.request import Request
from models.encoding import clean
from models.house import House
from prompts.texts import text

BATCH = 64
DRAFTS = 3
_ASSESSED = (
    *("speaker", "probabilities", "tone", "violations", "violation_probabilities"),
    *("emotion", "concern", "signs", "advice"),
)


def assess_lines(lines: Iterable[str], classifier: Classifier, house: House) -> Iterator[str]:
    """One output line per input line."""
    for row, _ in _assessed(lines, classifier, house):
        yield json.dumps(row, ensure_ascii=False)


def draft_lines(lines: Iterable[str], classifier: Classifier, drafter: GatedDrafter, house: House) -> Iterator[str]:
    """The same, with `drafts`: three in the advised channel, then a short and a private one.

    Where the advice is silence there are drafts all the same: a line for the readers, for who decides otherwise.
    """
    for row, judged in _assessed(lines, classifier, house):
        row["drafts"] = [] if judged is None else [_draft(d) for d in _drafts(drafter, house, *judged)]
        yield json.dumps(row, ensure_ascii=False)


Judged = tuple[Comment, Assessment, Advice]


def _assessed(
    lines: Iterable[str], classifier: Classifier, house: House
) -> Iterator[tuple[dict[str, Any], Judged | None]]:
    stream = iter(lines)
    while batch := list(islice(stream, BATCH)):
        parsed = [_parse(line) for line in batch]
        comments = [comment for _, comment in parsed if isinstance(comment, Comment)]
        assessments = iter(classifier.assess(comments))
        for identity, comment in parsed:
            if isinstance(comment, str):
                yield {"id": identity, **dict.fromkeys(_ASSESSED), "error": comment}, None
                continue
            assessment = next(assessments)
            advice = advise(comment, assessment, house)
            yield _row(identity, assessment, advice), (comment, assessment, advice)


def _parse(line: str) -> tuple[Any, Comment | str]:
    """The id, and the comment or what is wrong with the line."""
    identity, raw = read_line(line, ("comment",), ("post", "author"))
    if isinstance(raw, str):
        return identity, raw
    return identity, Comment(raw["comment"], raw["post"] or None, raw["author"] or None)


def read_line(line: str, texts: Sequence[str], extras: Sequence[str]) -> tuple[Any, dict[str, Any] | str]:
    """The id, and the object or what is wrong with the line: `texts` must say something, `extras` may be null."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return None, text("door.not_json")
    if not isinstance(raw, dict):
        return None, text("door.not_object")
    identity = raw.get("id")
    for key in (*texts, *extras):
        value = raw.setdefault(key, None)
        if not isinstance(value, str) and (value is not None or key in texts):
            return identity, text("door.not_text", key=key)
    for key in texts:
        if not clean(raw[key]):
            return identity, text("door.empty", key=key) if key != "comment" else text("empty")
        if len(raw[key]) > LONGEST:
            return identity, text("too_long", count=len(raw[key]), limit=LONGEST)
    return identity, raw


def _row(identity: Any, assessment: Assessment, advice: Advice) -> dict[str, Any]:
    return {
        "id": identity,
        "speaker": assessment.speaker,
        "probabilities": {name: round(p, 4) for name, p in assessment.probabilities.items()},
        "tone": assessment.tone,
        "violations": list(assessment.violations),
        "violation_probabilities": {verdict.name: round(verdict.score, 4) for verdict in assessment.verdicts},
        "emotion": assessment.emotion,
        "concern": assessment.concern,
        "signs": [{"text": sign.text, "weight": round(sign.weight, 4)} for sign in assessment.signs],
        "advice": {
            "reply": advice.reply,
            "audience": advice.audience,
            "channel": advice.channel,
            "actions": list(advice.actions),
            "why": advice.why,
            "reasons": [{"about": r.about, "why": r.why, "source": r.source} for r in advice.reasons],
        },
        "error": None,
    }


def _drafts(
    drafter: GatedDrafter, house: House, comment: Comment, assessment: Assessment, advice: Advice
) -> Iterator[Draft]:
    forms = FORMS if advice.channel != "private" else ("private", "short")
    for form in forms:
        yield from drafter.draft(Request(comment, assessment, advice, house, form, DRAFTS if form == forms[0] else 1))


def _draft(draft: Draft) -> dict[str, Any]:
    steps = [{"step": step.step, "text": step.text} for step in draft.steps]
    return {"text": draft.text, "channel": draft.channel, "steps": steps, "source": draft.source}
