"""The answer to a comment: who, which rules, what to do, and a draft with its steps marked."""

from __future__ import annotations

from bot.coach import Consultation
from bot.views.screen import Button, Screen
from models.comment import Assessment
from models.decision import DecisionPolicy
from prompts.reading import labels
from prompts.texts import text


def consultation_screen(consultation: Consultation, *, note: str = "") -> Screen:
    """`note` is a line of HTML above the verdict, such as a warning about the language."""
    parts = [_speaker(consultation.assessment), _facts(consultation.assessment), _advice(consultation)]
    if consultation.draft is not None:
        parts.append(_draft(consultation))
    elif not consultation.advice.reply:
        parts.append(text("no_draft"))
    return Screen("\n\n".join(([note] if note else []) + parts), _buttons(consultation))


def why_screen(consultation: Consultation, policy: DecisionPolicy) -> Screen:
    """Everything the verdict and the advice rest on, with figures and thresholds."""
    assessment = consultation.assessment
    lines = [
        text("why_title"),
        text(
            "why_probabilities",
            citizen=percent(assessment.probabilities["citizen"]),
            troll=percent(assessment.probabilities["troll"]),
            low=percent(policy.citizen_below),
            high=percent(policy.troll_above),
        ),
    ]
    if assessment.signs:
        lines += ["", text("why_signs")]
        lines += [
            text("why_sign", text=sign.text, points=percent(sign.weight) or "minder dan 1") for sign in assessment.signs
        ]
    lines += ["", text("why_rules")]
    for verdict in sorted(assessment.verdicts, key=lambda v: -v.score)[:5]:
        lines.append(
            text(
                "why_rule",
                name=labels()["violations"][verdict.name],
                score=percent(verdict.score),
                threshold=percent(verdict.threshold),
                mark=" ⚠️" if verdict.holds else "",
            )
        )
    lines += ["", text("why_advice"), *_reasons(consultation)]
    if consultation.draft is not None:
        lines += ["", f"<i>{text('why_source')}: {consultation.draft.source}</i>"]
        if consultation.draft.refused:
            lines.append(f"<i>{text('why_refused', reasons=', '.join(consultation.draft.refused))}</i>")
    lines += ["", text("why_limits")]
    return Screen("\n".join(lines))


def wrong_screen(consultation: Consultation) -> Screen:
    """The same answer with the question who it was instead of the usual buttons."""
    case = consultation.case_id
    choices = tuple(
        Button(text(f"buttons.label_{speaker}"), f"label:{case}:{speaker}")
        for speaker in ("citizen", "troll", "unclear")
    )
    screen = consultation_screen(consultation, note=f"<b>{text('wrong_question')}</b>")
    return Screen(screen.html, (choices, (Button(text("buttons.back"), f"back:{case}"),)))


def more_screen(consultation: Consultation) -> Screen:
    """The same answer with the other manners of saying it instead of the usual buttons."""
    case = consultation.case_id

    def buttons(*forms: str) -> tuple[Button, ...]:
        return tuple(Button(text(f"buttons.{form}"), f"draft:{case}:{form}") for form in forms)

    screen = consultation_screen(consultation, note=f"<b>{text('more_question')}</b>")
    rows = (buttons("readers", "plain"), buttons("firmer", "warmer"), buttons("address", "voice"))
    return Screen(screen.html, (*rows, (Button(text("buttons.back"), f"back:{case}"),)))


def percent(probability: float) -> int:
    """Whole per cents; a model is never 100 % sure, so neither are we."""
    return min(99, round(probability * 100)) if probability >= 0 else round(probability * 100)


def _speaker(assessment: Assessment) -> str:
    name = assessment.speaker
    if name == "citizen" and assessment.tone == "calm" and not assessment.violations:
        name = "citizen_calm"
    sure = text("certainty", percent=percent(assessment.certainty))
    if name == "unclear":
        side = max(assessment.probabilities, key=lambda key: assessment.probabilities[key])
        sure = text("leaning", percent=percent(assessment.certainty), side=text(f"leaning_side.{side}"))
    quoted = " · ".join(f"«{_short(sign.text)}»" for sign in assessment.signs)
    signs = text("signs", signs=quoted) if quoted else text("no_signs")
    return f"<b>{text(f'speaker.{name}')}</b> ({sure})\n{signs}"


def _facts(assessment: Assessment) -> str:
    names = labels()
    facts = text(
        "facts",
        tone=names["tone"][assessment.tone],
        emotion=names["emotion"][assessment.emotion],
        concern=names["concern"][assessment.concern],
    )
    broken = ", ".join(names["violations"][name] for name in assessment.violations)
    return f"{facts}\n{text('rules_broken', violations=broken) if broken else text('rules_kept')}"


def _advice(consultation: Consultation) -> str:
    advice = consultation.advice
    if advice.reply:
        audience = labels()["audience"][advice.audience]
        head = text("reply_yes", channel=text(f"reply_channel.{advice.channel}"), audience=audience)
    else:
        head = text("reply_no")
    if advice.actions:
        head += "\n" + text("also", actions=" · ".join(labels()["actions"][action] for action in advice.actions))
    # Collapsed on the phone: one tap shows each why and its source.
    return f"{head}\n<blockquote expandable>{chr(10).join(_reasons(consultation))}</blockquote>"


def _reasons(consultation: Consultation) -> list[str]:
    by_subject = {reason.about: reason for reason in reversed(consultation.advice.reasons)}
    reply = by_subject["reply"]
    lines = [text("reply_why", why=reply.why, source=reply.source)]
    for action in consultation.advice.actions:
        reason = by_subject[action]
        name = labels()["actions"][action].capitalize()
        lines.append(text("action_why", action=name, why=reason.why, source=reason.source))
    return lines


def _draft(consultation: Consultation) -> str:
    draft = consultation.draft
    assert draft is not None
    form = consultation.form
    if form == "public" and consultation.assessment.speaker == "troll":
        form = "readers"
    if not draft.steps:
        return f"{text('draft_title', form=text(f'draft_form.{form}'))}\n{text('bare', draft=draft.text)}"
    steps = [text("draft_step", step=f"{labels()['steps'][s.step]}:", text=s.text) for s in draft.steps]
    return f"{text('draft_title', form=text(f'draft_form.{form}'))}\n" + "\n".join(steps)


def _buttons(consultation: Consultation) -> tuple[tuple[Button, ...], ...]:
    case = consultation.case_id
    last = (Button(text("buttons.why"), f"why:{case}"), Button(text("buttons.wrong"), f"wrong:{case}"))
    if consultation.draft is None:
        return ((Button(text("buttons.anyway"), f"draft:{case}:public"),), last)
    # "Ander voorstel" stays in the form that is shown.
    other = Button(text("buttons.other"), f"draft:{case}:{consultation.form}")
    short = Button(text("buttons.short"), f"draft:{case}:short")
    private = Button(text("buttons.private"), f"draft:{case}:private")
    more = Button(text("buttons.more"), f"more:{case}")
    first = (other, short) if consultation.form != "short" else (other,)
    copy = Button(text("buttons.copy"), f"copy:{case}:{consultation.draft_id}")
    return (first, (private, more), (copy, *last)) if consultation.form != "private" else (first, (copy,), last)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57].rstrip() + "…"
