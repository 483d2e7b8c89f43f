"""What isn't a comment: pictures, stickers, voice, unknown commands. Each gets a kind word; groups get silence."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.context import CoachContext
from bot.replying import send
from bot.views.screen import Screen
from prompts.texts import text


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    here = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [MessageHandler(here & filters.ALL & ~filters.StatusUpdate.ALL, unreadable)]


async def unreadable(update: Update, _context: CoachContext) -> None:
    message = update.message
    assert message is not None
    if message.text and message.text.startswith("/"):
        name = "unknown_command"
    elif message.photo or message.video or message.document:
        name = "picture"
    elif message.sticker or message.animation:
        name = "sticker"
    elif message.voice or message.audio or message.video_note:
        name = "voice"
    else:
        name = "not_text"
    await send(message, Screen(text(name)))
