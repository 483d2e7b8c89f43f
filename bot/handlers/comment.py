"""A pasted, forwarded or edited comment: the main job."""

from __future__ import annotations

from typing import Any

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.coach import CaseGone
from bot.context import CoachContext
from bot.incoming import Unreadable, parse
from bot.replying import case_of, send
from bot.views.consultation import consultation_screen
from bot.views.screen import Screen
from bot.views.unreadable import language_note, unreadable_screen
from prompts.texts import text


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    typed = filters.TEXT & ~filters.COMMAND & filters.ChatType.PRIVATE
    return [
        MessageHandler(typed & filters.UpdateType.MESSAGE, comment),
        MessageHandler(typed & filters.UpdateType.EDITED_MESSAGE, comment),
    ]


async def comment(update: Update, context: CoachContext) -> None:
    message, user = update.effective_message, update.effective_user
    assert message is not None and message.text is not None and user is not None
    parsed = parse(message.text, post=_post(message), author=_author(message))
    if isinstance(parsed, Unreadable):
        return await send(message, unreadable_screen(parsed))
    await message.chat.send_action(ChatAction.TYPING)
    follows = case_of(message.reply_to_message)
    try:
        consultation = await context.coach.consider(user.id, message.chat_id, parsed, follows)
    except CaseGone:
        return await send(message, Screen(text("case_gone")))
    notes = [text("reread")] if update.edited_message else []
    notes += [text("follow_up")] if follows is not None else []
    notes += [note] if (note := language_note(parsed)) else []
    await send(message, consultation_screen(consultation, note="\n".join(notes)))


def _post(message: Message) -> str | None:
    """The message that was replied to holds the post, unless it is one of ours."""
    original = message.reply_to_message
    if original is None or (original.from_user is not None and original.from_user.is_bot):
        return None
    return original.text or original.caption


def _author(message: Message) -> str | None:
    """The displayed name of whoever wrote a forwarded comment."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return chat.title
    return None
