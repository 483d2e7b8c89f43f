"""/vergeetmij: delete all that is stored of this user, and say how much."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.context import CoachContext
from bot.replying import send
from bot.views.erased import erased_screen


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    return [CommandHandler("vergeetmij", forget, filters=filters.UpdateType.MESSAGE)]


async def forget(update: Update, context: CoachContext) -> None:
    assert update.message is not None and update.effective_user is not None
    erased = await context.coach.forget(update.effective_user.id)
    await send(update.message, erased_screen(erased))
