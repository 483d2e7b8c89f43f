"""All handlers, in the order in which an update meets them."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler

from bot.context import CoachContext
from bot.handlers import buttons, comment, explain, forget, house, own_words, unreadable


def all_handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    return [
        *explain.handlers(),
        *forget.handlers(),
        *house.handlers(),
        *own_words.handlers(),
        *buttons.handlers(),
        *comment.handlers(),
        *unreadable.handlers(),
    ]
