"""A tiny bot to try the fake with: it greets, says what it got, shortens on a tap and asks one quiz question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

from . import TOKEN, FakeBotApi, InProcessRequest, serve

Context = ContextTypes.DEFAULT_TYPE
TinyBot = Application[Any, Any, Any, Any, Any, Any]
Builder = ApplicationBuilder[Any, Any, Any, Any, Any, Any]
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("✂️ Korter", callback_data="draft:1:shorter")],
        [InlineKeyboardButton("Kopieer", copy_text=CopyTextButton("Dag Piet"))],
    ]
)


@asynccontextmanager
async def behind(door: str, api: FakeBotApi) -> AsyncIterator[Builder]:
    """A builder that talks to the fake "in-process" or over "http"."""
    builder: Builder = Application.builder().token(TOKEN)
    if door == "in-process":
        yield builder.request(InProcessRequest(api)).get_updates_request(InProcessRequest(api))
        return
    base_url, stop = serve(api)
    yield builder.base_url(base_url)
    await stop()


@asynccontextmanager
async def running(builder: Builder) -> AsyncIterator[TinyBot]:
    application = builder.build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CommandHandler("quiz", _quiz))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, _edited))
    application.add_handler(MessageHandler(filters.ALL, _describe))
    application.add_handler(CallbackQueryHandler(_shorten))
    application.add_handler(PollAnswerHandler(_voted))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        yield application
        await application.updater.stop()
        await application.stop()


async def _start(update: Update, context: Context) -> None:
    assert update.message
    await update.message.reply_html("Dag <b>Jan</b> &amp; co", reply_markup=BUTTONS)


async def _quiz(update: Update, context: Context) -> None:
    assert update.message
    await update.message.reply_poll(
        "Wie praat hier?", ["Een trol", "Een burger"], type="quiz", correct_option_ids=[0], is_anonymous=False
    )


async def _voted(update: Update, context: Context) -> None:
    answer = update.poll_answer
    assert answer
    assert answer.user
    await context.bot.send_message(answer.user.id, f"Antwoord {answer.option_ids[0]}")


async def _edited(update: Update, context: Context) -> None:
    assert update.edited_message
    await update.edited_message.reply_text(f"Verbeterd: {update.edited_message.text}")


async def _describe(update: Update, context: Context) -> None:
    message = update.message
    assert message
    origin = message.forward_origin
    parts = ["Antwoord op" if message.reply_to_message else "", origin.type if origin else "", message.text or ""]
    kinds = [kind for kind in ("photo", "sticker", "voice") if getattr(message, kind)]
    await message.reply_text(" ".join(filter(None, [*parts, *kinds])))


async def _shorten(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    await query.answer("Korter gemaakt" if query.data == "draft:1:shorter" else "Dat mag niet")
    if query.data == "draft:1:shorter":
        await query.edit_message_text("Dag!")
