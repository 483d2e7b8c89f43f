"""Feedback on somebody's own reply."""

from __future__ import annotations

from bot.views.screen import Screen
from models.coaching.feedback import Feedback
from prompts.coaching import pitfall_text, quality_text, step_text
from prompts.reading import labels
from prompts.texts import text


def coached_screen(feedback: Feedback, reply: str) -> Screen:
    """`reply` is what was read, to see whether there is anything to rewrite."""
    better = {entry.about: entry.sentence for entry in feedback.better}
    parts = [text("coached.quality", quality=feedback.quality, line=quality_text(feedback.quality))]
    parts.append("\n".join([text("coached.steps"), *_steps(feedback)]) if feedback.steps else text("coached.no_steps"))
    if feedback.pitfalls:
        parts.append("\n".join([text("coached.pitfalls"), *_pitfalls(feedback, better)]))
    if feedback.missing:
        lines = [text("coached.missing")]
        for step in feedback.missing:
            name = labels()["steps"][step]
            lines.append(text("coached.missing_step", name=name, why=step_text(step, "missing")))
            lines += _example(better.get(step))
        parts.append("\n".join(lines))
    parts.append(text("coached.reaction", reaction=feedback.reaction))
    if feedback.rewrite.strip() == reply.strip():
        parts.append(text("coached.ready"))
    else:
        parts.append(text("coached.rewrite", rewrite=feedback.rewrite))
    return Screen("\n\n".join(parts))


def _steps(feedback: Feedback) -> list[str]:
    return [text("coached.step", name=labels()["steps"][mark.name], span=mark.span) for mark in feedback.steps]


def _pitfalls(feedback: Feedback, better: dict[str, str]) -> list[str]:
    lines = []
    for name in dict.fromkeys(mark.name for mark in feedback.pitfalls):
        about = pitfall_text(name)
        spans = [mark.span for mark in feedback.pitfalls if mark.name == name]
        lines.append(text("coached.pitfall", name=about.name, span="», «".join(spans)))
        lines.append(text("coached.why", why=about.why, instead=about.instead))
        lines += _example(better.get(name))
    return lines


def _example(sentence: str | None) -> list[str]:
    return [text("coached.better", sentence=sentence)] if sentence else []
