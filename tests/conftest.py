"""Shared fixtures: the shipped model once per session, a database per test, and no way out to the network."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.coach import Coach
from bot.loading import Models, assemble
from data.store import Store
from models.classifier import Classifier
from models.drafting.composer import Composer
from models.drafting.ranking import PHRASES_FILE, PhraseRanker
from models.house import House
from models.marking.checkpoint import MARKING_DIR
from models.marking.marker import Marker


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that talks to anything but this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        assert host in ("local", "127.0.0.1", "::1", "localhost"), f"a test reached out to {host}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings come from the test alone, not from the developer's shell or `.env`."""
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "RETENTION_DAYS", "HOUSE_FILE", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="session")
def marker() -> Marker:
    return Marker.load()


@pytest.fixture(scope="session")
def models(classifier: Classifier, marker: Marker) -> Models:
    return assemble(classifier, marker)


@pytest.fixture(scope="session")
def composer(marker: Marker) -> Composer:
    return Composer(PhraseRanker(marker, MARKING_DIR / PHRASES_FILE))


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/test.db"


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    opened = await Store.open(database_url, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def coach(models: Models, store: Store) -> AsyncIterator[Coach]:
    made = Coach(models, House(), store)
    yield made
    await made.close()


@pytest.fixture
def fresh_texts() -> Iterator[None]:
    """For tests that edit a text file: forget what was read before and after."""
    from prompts import phrases, reading, replies, rules

    caches = (reading.read, phrases.phrase_bank, replies.model_replies, rules.advice_rules, rules.recipes)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()
