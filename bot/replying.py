"""From a screen to Telegram: split, send, edit."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.views.screen import Screen, split

# Every screen about a case has a button that names it.
_CASE_BUTTON = re.compile(r"(?:draft|why):(\d{1,9})\b")


def case_of(message: Message | None) -> int | None:
    """The case that one of our messages is about, by its buttons."""
    if message is None or message.from_user is None or not message.from_user.is_bot or message.reply_markup is None:
        return None
    data = [str(button.callback_data) for row in message.reply_markup.inline_keyboard for button in row]
    found = next((match for pressed in data if (match := _CASE_BUTTON.match(pressed))), None)
    return int(found[1]) if found else None


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in screen.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


async def send(message: Message, screen: Screen) -> None:
    """Answer a message; the buttons hang under the last part."""
    parts = split(screen.html)
    for number, part in enumerate(parts, 1):
        markup = keyboard(screen) if number == len(parts) else None
        await message.reply_text(part, parse_mode=ParseMode.HTML, reply_markup=markup, do_quote=number == 1)


async def replace(message: Message, screen: Screen) -> None:
    """Put a new screen in the place of one of our messages; a second press of the same button changes nothing."""
    parts = split(screen.html)
    if len(parts) > 1:
        return await send(message, screen)
    try:
        await message.edit_text(parts[0], parse_mode=ParseMode.HTML, reply_markup=keyboard(screen))
    except BadRequest as error:
        if "not modified" not in str(error):
            raise
