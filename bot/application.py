"""Build the Telegram application: one function, everything handed in."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from telegram import BotCommand, Update
from telegram.error import Forbidden, NetworkError
from telegram.ext import AIORateLimiter, Application
from telegram.request import BaseRequest

from bot.coach import Coach
from bot.context import CONTEXT_TYPES, CoachApplication, CoachContext
from bot.handlers import all_handlers
from bot.order import ChatOrder
from bot.settings import Settings
from prompts.texts import entry, text

log = logging.getLogger(__name__)


def build_application(
    settings: Settings, coach: Coach, *, request: BaseRequest | None = None, updates_request: BaseRequest | None = None
) -> CoachApplication:
    """`request` and `updates_request` replace the HTTP client, for tests."""
    assert settings.telegram_bot_token is not None  # the caller chose Telegram because there is one
    builder: Any = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(settings.telegram_api_url)
        .context_types(CONTEXT_TYPES)
        .concurrent_updates(ChatOrder())
        .rate_limiter(AIORateLimiter(max_retries=3))
    )
    if request is not None:
        builder = builder.request(request)
    if updates_request is not None:
        builder = builder.get_updates_request(updates_request)
    application: CoachApplication = builder.build()
    application.bot_data.coach = coach
    application.bot_data.settings = settings
    for handler in all_handlers():
        application.add_handler(handler)
    application.add_error_handler(on_error)
    assert application.job_queue is not None  # comes with the job-queue extra
    application.job_queue.run_repeating(drop_old_texts, interval=timedelta(hours=1), first=10)
    return application


async def set_menu(application: CoachApplication) -> None:
    """The Dutch command menu, and the line a newcomer sees before pressing Start."""
    commands = [BotCommand(name, what) for name, what in entry("commands").items()]
    await application.bot.set_my_commands(commands)
    await application.bot.set_my_short_description(text("description"))


async def drop_old_texts(context: CoachContext) -> None:
    dropped = await context.coach.store.drop_old_texts(context.settings.retention_days)
    if dropped:
        log.info("dropped the texts of %d cases", dropped)


async def on_error(update: object, context: CoachContext) -> None:
    """Log what kind of fault it was, never the update: that holds a comment. Tell the person, if we still can."""
    error = context.error
    if isinstance(error, Forbidden):
        log.info("a user has blocked the bot")
        return
    log.error("%s while handling an update", type(error).__name__, exc_info=None if _network(error) else error)
    message = update.effective_message if isinstance(update, Update) else None
    if message is None or _network(error):
        return
    try:
        await message.reply_text(text("failed"))
    except NetworkError:
        log.warning("could not tell the user about the fault")


def _network(error: BaseException | None) -> bool:
    # BadRequest is a NetworkError by inheritance, but it is our own fault.
    return isinstance(error, NetworkError) and type(error).__name__ != "BadRequest"
