"""The buttons under an answer. Each press names its case; whose it is, is asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.coach import CaseGone, TextGone
from bot.context import CoachContext
from bot.replying import keyboard, replace, send
from bot.views.consultation import consultation_screen, more_screen, why_screen, wrong_screen
from bot.views.screen import Button, Screen
from models.drafting.composer import FORMS, MANNERS
from prompts.reading import labels
from prompts.texts import text

Press = Callable[[CallbackQuery, Message, CoachContext, int, str], Coroutine[Any, Any, str | None]]
Handler = Callable[[Update, CoachContext], Coroutine[Any, Any, None]]

# A case number that fits the database's integer; longer ones are forged.
_CASE = r"(\d{1,9})"
_FORMS = "|".join((*FORMS, *MANNERS, "address", "voice"))


def handlers() -> list[BaseHandler[Any, CoachContext, Any]]:
    return [
        CallbackQueryHandler(redraft, pattern=rf"^draft:{_CASE}:({_FORMS})$"),
        CallbackQueryHandler(more, pattern=rf"^more:{_CASE}()$"),
        CallbackQueryHandler(copy, pattern=rf"^copy:{_CASE}:(\d{{1,9}})$"),
        CallbackQueryHandler(why, pattern=rf"^why:{_CASE}()$"),
        CallbackQueryHandler(wrong, pattern=rf"^wrong:{_CASE}()$"),
        CallbackQueryHandler(back, pattern=rf"^back:{_CASE}()$"),
        CallbackQueryHandler(label, pattern=rf"^label:{_CASE}:(citizen|troll|unclear)$"),
        CallbackQueryHandler(stale),
    ]


def _press(press: Press) -> Handler:
    """Unpack the press, answer it with what `press` returns, and say so when the case is gone."""

    @wraps(press)
    async def handle(update: Update, context: CoachContext) -> None:
        query = update.callback_query
        assert query is not None and context.match is not None
        if not isinstance(query.message, Message):
            return await stale(update, context)
        case_id, value = context.match[1], context.match[2]
        try:
            said = await press(query, query.message, context, int(case_id), value)
        except CaseGone:
            said = text("case_gone")
        except TextGone:
            said = text("text_gone")
        await query.answer(said, show_alert=said is not None and len(said) > 60)

    return handle


@_press
async def redraft(query: CallbackQuery, message: Message, context: CoachContext, case_id: int, form: str) -> str | None:
    consultation = await context.coach.redraft(case_id, query.from_user.id, form)
    if consultation.draft is None:
        troll = consultation.assessment.speaker == "troll"
        return text("no_private_draft" if troll and form == "private" else "no_more_drafts")
    await replace(message, consultation_screen(consultation))
    return None


@_press
async def more(query: CallbackQuery, message: Message, context: CoachContext, case_id: int, _value: str) -> str | None:
    await replace(message, more_screen(await context.coach.recall(case_id, query.from_user.id)))
    return None


@_press
async def copy(
    query: CallbackQuery, message: Message, context: CoachContext, case_id: int, draft_id: str
) -> str | None:
    bare = await context.coach.draft_text(case_id, query.from_user.id, int(draft_id))
    # No parse mode: what is copied is exactly what will be sent.
    # Its one button names the case, so that an answer to this very text is known to be one.
    why_button = Screen("", ((Button(text("buttons.why"), f"why:{case_id}"),),))
    await message.reply_text(bare, do_quote=False, reply_markup=keyboard(why_button))
    return None


@_press
async def why(query: CallbackQuery, message: Message, context: CoachContext, case_id: int, _value: str) -> str | None:
    consultation = await context.coach.recall(case_id, query.from_user.id)
    await send(message, why_screen(consultation, context.coach.models.classifier.config.policy))
    return None


@_press
async def wrong(query: CallbackQuery, message: Message, context: CoachContext, case_id: int, _value: str) -> str | None:
    await replace(message, wrong_screen(await context.coach.recall(case_id, query.from_user.id)))
    return None


@_press
async def back(query: CallbackQuery, message: Message, context: CoachContext, case_id: int, _value: str) -> str | None:
    await replace(message, consultation_screen(await context.coach.recall(case_id, query.from_user.id)))
    return None


@_press
async def label(
    query: CallbackQuery, message: Message, context: CoachContext, case_id: int, speaker: str
) -> str | None:
    await context.coach.correct(case_id, query.from_user.id, speaker)
    await replace(message, consultation_screen(await context.coach.recall(case_id, query.from_user.id)))
    return text("wrong_thanks", speaker=labels()["speaker"][speaker])


async def stale(update: Update, _context: CoachContext) -> None:
    """A press we don't know: forged, or from a version long gone."""
    assert update.callback_query is not None
    await update.callback_query.answer(text("case_gone"), show_alert=True)
