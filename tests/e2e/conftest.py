"""The bot in this process, behind the fake Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.application import build_application, set_menu
from bot.coach import Coach
from bot.loading import Models
from bot.settings import Settings
from data.store import Store
from models.house import House
from tests.conftest import Clock
from tests.fake_telegram import TOKEN, FakeBotApi, InProcessRequest, User

StartBot = Callable[[], AbstractAsyncContextManager[Coach]]


@pytest.fixture(autouse=True)
def timedelta_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it PTB 22.8 warns at each 429 about its own future.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@pytest.fixture
def jan(api: FakeBotApi) -> User:
    return User(api, "Jan")


@pytest.fixture
def start_bot(api: FakeBotApi, models: Models, database_url: str, clock: Clock) -> StartBot:
    """Start the bot; leave the block to stop it. Started again, it is a restart: same database, nothing else kept."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Coach]:
        coach = Coach(models, House(), await Store.open(database_url, clock))
        settings = Settings(telegram_bot_token=SecretStr(TOKEN))
        application = build_application(
            settings, coach, request=InProcessRequest(api), updates_request=InProcessRequest(api)
        )
        assert application.updater is not None
        async with application:
            await set_menu(application)
            await application.start()
            await application.updater.start_polling(poll_interval=0, timeout=0)
            try:
                yield coach
            finally:
                await application.updater.stop()
                await application.stop()
        await coach.close()

    return start


@pytest.fixture
async def running(start_bot: StartBot, api: FakeBotApi) -> AsyncIterator[Coach]:
    """A running bot that, at the end, has broken none of Telegram's rules."""
    async with start_bot() as coach:
        yield coach
    assert api.violations == []
