"""In order within a chat, several chats at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class ChatOrder(BaseUpdateProcessor):
    """One lock per chat, alive as long as somebody holds or waits for it."""

    def __init__(self, chats_at_once: int = 8) -> None:
        # Waiting updates take a place too; a burst in one chat must not keep the others out.
        super().__init__(max_concurrent_updates=256)
        self._places = asyncio.Semaphore(chats_at_once)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = self._locks.setdefault(chat.id if chat else 0, asyncio.Lock())
        async with lock, self._places:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
