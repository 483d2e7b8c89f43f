"""Why something can't be read, and notes above an answer."""

from __future__ import annotations

from bot.incoming import Unreadable
from bot.views.screen import Screen
from models.comment import Comment
from models.language import foreign_language
from prompts.texts import text


def unreadable_screen(unreadable: Unreadable) -> Screen:
    return Screen(text(unreadable.text, **dict(unreadable.values)))


def language_note(comment: Comment) -> str:
    """A warning above the answer when the comment is surely not Dutch; empty otherwise."""
    language = foreign_language(comment.text)
    return text("language_warning", language=text(f"languages.{language}")) if language else ""
