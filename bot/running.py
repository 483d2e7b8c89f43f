"""Start the coach: build every part once, and either poll Telegram or talk in the terminal."""

from __future__ import annotations

import asyncio
import logging
import signal

from telegram import Update
from telegram.error import InvalidToken, NetworkError

from bot.application import build_application, set_menu
from bot.coach import Coach
from bot.loading import load_models
from bot.settings import Settings, load_house
from bot.terminal import converse
from data.store import Store

log = logging.getLogger(__name__)


class StartError(RuntimeError):
    """The coach can't start; the message is Dutch and says how to mend it."""


async def run(settings: Settings) -> None:
    """Run until interrupted. Raises `StartError`, `StoreError`, `CheckpointError` or `SettingsError`."""
    house = load_house(settings.house_file)
    store = await Store.open(settings.database_url)
    coach = Coach(await asyncio.to_thread(load_models, settings), house, store)
    try:
        if settings.telegram_bot_token is None:
            await converse(coach, settings.retention_days)
        else:
            await _poll(settings, coach)
    finally:
        await coach.close()


async def _poll(settings: Settings, coach: Coach) -> None:
    application = build_application(settings, coach)
    assert application.updater is not None  # polling was asked for
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await application.initialize()
        await set_menu(application)
    except InvalidToken as error:
        raise StartError(
            "Telegram kent deze token niet. Kijk TELEGRAM_BOT_TOKEN na bij @BotFather (/token)."
        ) from error
    except NetworkError as error:
        raise StartError("Telegram is niet bereikbaar. Kijk de internetverbinding na en probeer opnieuw.") from error
    await application.start()
    # Only what a handler reads; old messages wait at Telegram while we are down.
    await application.updater.start_polling(
        allowed_updates=[Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
    )
    log.info("antwoordcoach listens as @%s", application.bot.username)
    await stop.wait()
    await application.updater.stop()
    await application.stop()
    await application.shutdown()
