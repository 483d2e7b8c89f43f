"""Feedback on a post before it goes out."""

from __future__ import annotations

from bot.views.screen import Screen
from models.coaching.post_check import QUESTIONS, PostFeedback
from prompts.post_check import image_text, issue_text, medium_text, polarising_text, question_text
from prompts.texts import text


def checked_screen(feedback: PostFeedback, post: str) -> Screen:
    """`post` is what was read, to see whether there is anything to rewrite."""
    parts = [text("checked.polarising", level=feedback.polarising, line=polarising_text(feedback.polarising))]
    if feedback.issues or feedback.whole:
        parts.append("\n".join([text("checked.issues"), *_issues(feedback)]))
    parts.append("\n".join([text("checked.questions"), *_questions(feedback)]))
    issues = {mark.name for mark in feedback.issues}
    parts.append(
        f"{text('checked.image', advice=image_text(issues))}\n"
        f"{text('checked.medium', advice=medium_text(feedback.polarising))}"
    )
    if feedback.rewrite.strip() == post.strip():
        parts.append(text("checked.ready"))
    else:
        parts.append(text("checked.rewrite", rewrite=feedback.rewrite))
    return Screen("\n\n".join(parts))


def _issues(feedback: PostFeedback) -> list[str]:
    lines = []
    for name in dict.fromkeys(mark.name for mark in feedback.issues):
        about = issue_text(name)
        spans = "», «".join(mark.span for mark in feedback.issues if mark.name == name)
        lines.append(text("checked.issue", name=about.name, span=spans))
        lines.append(text("coached.why", why=about.why, instead=about.instead))
    for name in feedback.whole:
        about = issue_text(name)
        lines.append(text("checked.whole", name=about.name, why=f"{about.why} {about.instead}"))
    return lines


def _questions(feedback: PostFeedback) -> list[str]:
    lines = []
    for name in QUESTIONS:
        question, good, doubt = question_text(name)
        which, answer = ("doubt", doubt) if name in feedback.doubts else ("good", good)
        lines.append(text(f"checked.{which}", question=question, answer=answer))
    return lines
