"""/start, /help and /privacy."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.context import CoachContext
from bot.replying import send
from bot.views.screen import Screen
from prompts.texts import text


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("start", start, filters=new),
        CommandHandler("help", show_help, filters=new),
        CommandHandler("privacy", privacy, filters=new),
    ]


async def start(update: Update, _context: CoachContext) -> None:
    assert update.message is not None  # the filter guarantees it, here and below
    private = update.message.chat.type == ChatType.PRIVATE
    await send(update.message, Screen(text("start" if private else "start_group")))


async def show_help(update: Update, _context: CoachContext) -> None:
    assert update.message is not None
    await send(update.message, Screen(text("help")))


async def privacy(update: Update, context: CoachContext) -> None:
    assert update.message is not None
    await send(update.message, Screen(text("privacy", days=context.settings.retention_days)))
