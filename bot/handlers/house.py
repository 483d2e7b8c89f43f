"""/instellingen and /beleid: how this person's organisation answers and moderates."""

from __future__ import annotations

from typing import Any

from telegram import ForceReply, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.context import CoachContext
from bot.replying import replace, send
from bot.views.house import TEXTS, house_screen, policy_screen, question
from bot.views.screen import Screen
from models.house import CHOICES, HouseError
from prompts.reading import labels
from prompts.texts import text

_TURNS = {"address": ("jij", "u"), "voice": ("org", "person"), "emoji": (False, True)}


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    here = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("instellingen", show, filters=here),
        CommandHandler("beleid", show_policy, filters=here),
        MessageHandler(here & filters.TEXT & ~filters.COMMAND & _AnswersQuestion(), answer),
        CallbackQueryHandler(turn, pattern=rf"^house:({'|'.join(_TURNS)})$"),
        CallbackQueryHandler(ask, pattern=rf"^house:({'|'.join(TEXTS)})$"),
        CallbackQueryHandler(choose_style, pattern=rf"^style:({'|'.join(CHOICES['style'])})$"),
    ]


class _AnswersQuestion(filters.MessageFilter):
    """A reply to one of our own questions. Nothing has to be remembered: the question stands in the reply."""

    def filter(self, message: Message) -> bool:
        return _asked(message) is not None


def _asked(message: Message) -> str | None:
    original = message.reply_to_message
    if original is None or original.from_user is None or not original.from_user.is_bot:
        return None
    return next((name for name in TEXTS if original.text == question(name)), None)


async def show(update: Update, context: CoachContext) -> None:
    assert update.message is not None and update.effective_user is not None
    await send(update.message, house_screen(await context.coach.house_of(update.effective_user.id)))


async def show_policy(update: Update, context: CoachContext) -> None:
    assert update.message is not None and update.effective_user is not None
    await send(update.message, policy_screen(await context.coach.house_of(update.effective_user.id)))


async def ask(update: Update, context: CoachContext) -> None:
    query = update.callback_query
    assert query is not None and context.match is not None
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.reply_text(question(context.match[1]), do_quote=False, reply_markup=ForceReply())


async def answer(update: Update, context: CoachContext) -> None:
    message, user = update.message, update.effective_user
    assert message is not None and message.text is not None and user is not None
    name = _asked(message)
    assert name is not None
    given = "" if message.text.strip() == "-" else message.text.strip()
    try:
        value: object = _colleagues(given) if name == "colleagues" else given
        house = await context.coach.set_house(user.id, name, value)
    except HouseError as error:
        return await send(message, Screen(text("house.wrong", why=error)))
    await send(message, house_screen(house))


async def turn(update: Update, context: CoachContext) -> None:
    query = update.callback_query
    assert query is not None and context.match is not None
    name = context.match[1]
    house = await context.coach.house_of(query.from_user.id)
    first, second = _TURNS[name]
    house = await context.coach.set_house(query.from_user.id, name, second if getattr(house, name) == first else first)
    await query.answer()
    if isinstance(query.message, Message):
        await replace(query.message, house_screen(house))


async def choose_style(update: Update, context: CoachContext) -> None:
    query = update.callback_query
    assert query is not None and context.match is not None
    house = await context.coach.set_house(query.from_user.id, "style", context.match[1])
    await query.answer(text("policy.kept"))
    if isinstance(query.message, Message):
        await replace(query.message, policy_screen(house))


def _colleagues(given: str) -> dict[str, str]:
    """Lines "onderwerp = collega"; subjects by their Dutch name. Raises `HouseError`."""
    names = {name.lower(): concern for concern, name in labels()["concern"].items()}
    found = {}
    for line in filter(None, map(str.strip, given.splitlines())):
        subject, _, who = line.partition("=")
        if subject.strip().lower() not in names or not who.strip():
            raise HouseError(text("house.colleagues_how", subjects=", ".join(labels()["concern"].values())))
        found[names[subject.strip().lower()]] = who.strip()
    return found
