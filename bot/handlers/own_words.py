"""/coach and /check: somebody's own reply, and a post before it goes out."""

from __future__ import annotations

import re
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.coach import CaseGone, TextGone
from bot.context import CoachContext
from bot.own_words import checked, coached
from bot.replying import case_of, send
from bot.views.screen import Screen
from prompts.texts import text


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    here = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [CommandHandler("coach", coach, filters=here), CommandHandler("check", check, filters=here)]


async def coach(update: Update, context: CoachContext) -> None:
    message, user = update.message, update.effective_user
    assert message is not None and user is not None
    await message.chat.send_action(ChatAction.TYPING)
    try:
        screen = await coached(context.coach, user.id, _after_command(message), case_of(message.reply_to_message))
    except CaseGone:
        screen = Screen(text("case_gone"))
    except TextGone:
        screen = Screen(text("text_gone"))
    await send(message, screen)


async def check(update: Update, context: CoachContext) -> None:
    message, user = update.message, update.effective_user
    assert message is not None and user is not None
    await message.chat.send_action(ChatAction.TYPING)
    given = _after_command(message)
    if not given and message.reply_to_message is not None:
        given = message.reply_to_message.text or message.reply_to_message.caption or ""
    await send(message, await checked(context.coach, user.id, given))


def _after_command(message: Message) -> str:
    return re.sub(r"^/\S+\s*", "", message.text or "")
