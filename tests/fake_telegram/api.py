"""`FakeBotApi`: what Telegram's servers know and do, as far as a bot can tell. No network here: see `doors`."""

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from .checks import Params, decode
from .entities import Json
from .errors import ApiError
from .methods import METHODS

TOKEN = "123456:AAFake-token_of-the-fake_Bot-API-00"

Kind = Literal["new", "text", "markup"]


class Shown(NamedTuple):
    """A bot message that appeared: new, with its text edited, or with only its buttons edited."""

    kind: Kind
    message: Json


class Call(NamedTuple):
    method: str
    params: Params


class FakeBotApi:
    """One bot, its chats, and everything that it did wrong in `violations`.

    `reads_all_group_messages` is Telegram's privacy mode turned off: by default a bot in a group only gets commands,
    mentions and replies to itself.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "antwoordcoach_bot",
        reads_all_group_messages: bool = False,
        clock: Callable[[], float] = time.time,
        longest_poll: float = 0.5,
    ) -> None:
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Antwoordcoach",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": reads_all_group_messages,
            "supports_inline_queries": False,
        }
        self.clock = clock
        self.longest_poll = longest_poll

        self.chats: dict[int, Json] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.shown: list[Shown] = []
        self.updates: list[Json] = []
        self.keyboards: dict[int, list[str]] = {}
        self.polls: dict[str, Json] = {}
        self.taps: dict[str, Json] = {}
        self.answers: dict[str, list[Params]] = {}
        self.chat_actions: list[tuple[int, str]] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}

        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.changed = asyncio.Condition()
        self._faults: dict[str, list[ApiError]] = {}
        self._allowed_updates: list[str] = []
        self.polls_begun = 0
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(500_001)

    async def call(self, token: str, method: str, params: Params) -> tuple[int, Json]:
        """One call of the bot: the HTTP status and the JSON that Telegram answers."""
        try:
            if token != self.token:
                raise ApiError(401, "Unauthorized")
            result = await self._dispatch(method, decode(params))
        except ApiError as error:
            if error.blames_the_bot:
                self.violations.append(f"{method}: {error.description} {params}")
            return error.status, error.as_json()
        return 200, {"ok": True, "result": result}

    async def _dispatch(self, method: str, params: Params) -> Any:
        if faults := self._faults.get(method):
            raise faults.pop(0)
        if method == "getUpdates":
            return await self._get_updates(params)
        self.calls.append(Call(method, params))
        if method not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        result = METHODS[method](self, params)
        await self.announce()
        return result

    async def _get_updates(self, params: Params) -> list[Json]:
        self.polls_begun += 1
        mine = self.polls_begun
        self._allowed_updates = params.get("allowed_updates", self._allowed_updates)
        offset = params.get("offset", 0)
        # An offset confirms all before it; a negative one forgets all but the last few.
        self.updates[:] = self.updates[offset:] if offset < 0 else [u for u in self.updates if u["update_id"] >= offset]
        await self.announce()
        await self.wait_until(
            lambda: bool(self.updates) or self.polls_begun != mine, min(params.get("timeout", 0), self.longest_poll)
        )
        if self.polls_begun != mine:
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        return self.updates[: params.get("limit", 100)]

    def fail_next(
        self, method: str, status: int, description: str, retry_after: int | None = None, times: int = 1
    ) -> None:
        """The next calls of `method` fail like this; a scripted fault is no violation."""
        faults = [ApiError(status, description, retry_after, scripted=True) for _ in range(times)]
        self._faults.setdefault(method, []).extend(faults)

    @property
    def unanswered_taps(self) -> list[Json]:
        """Callback queries without an answer: the button of that person keeps spinning."""
        return [query for query_id, query in self.taps.items() if query_id not in self.answers]

    def menu(self, language_code: str = "", scope: str = "default") -> dict[str, str]:
        """The command menu as set: command → description."""
        return {entry["command"]: entry["description"] for entry in self.commands.get((scope, language_code), [])}

    def now(self) -> int:
        return int(self.clock())

    def next_id(self) -> int:
        return next(self._ids)

    def new_message(self, chat: Json, sender: Json, content: Json, reply_to: Json | None = None) -> Json:
        """A stored message; a reply holds the message it answers, but not what that one answered."""
        message = {"message_id": self.next_id(), "date": self.now(), "chat": chat, "from": sender, **content}
        if reply_to:
            message["reply_to_message"] = {k: v for k, v in reply_to.items() if k != "reply_to_message"}
        self.messages[chat["id"], message["message_id"]] = message
        return message

    def show(self, kind: Kind, message: Json) -> None:
        self.shown.append(Shown(kind, message))

    async def push(self, kind: str, payload: Json) -> None:
        """An update for the bot, unless it asked not to get this kind."""
        if not self._allowed_updates or kind in self._allowed_updates:
            self.updates.append({"update_id": next(self._update_ids), kind: payload})
        await self.announce()

    async def announce(self) -> None:
        """Wakes everybody who waits: the bot for updates, users for messages."""
        async with self.changed:
            self.changed.notify_all()

    async def wait_until(self, happened: Callable[[], bool], seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds), self.changed:
                return await self.changed.wait_for(happened)
        except TimeoutError:
            return False

    async def hang_up(self) -> None:
        """Ends a poll that is under way, as when the server goes down."""
        self.polls_begun += 1
        await self.announce()
