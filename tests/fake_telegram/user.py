"""`User`: a person with Telegram open in one chat, who types, taps and reads."""

from __future__ import annotations

from typing import Any, Literal

from . import messages
from .api import FakeBotApi
from .entities import Json, detect_entities, utf16_length
from .messages import Message, same_label

PATIENCE = 20.0
_MARKS = {"new": "+", "text": "~", "markup": "="}


class User:
    """`jan = User(api, "Jan")` in private, or `User(api, "Jan", chat=supergroup())` in a group.

    Reading goes forward. What `sees` found is behind this user from the next thing it does on, so a second
    «Welkom» has to be a new one; what was not read yet may still be found.
    """

    def __init__(
        self,
        api: FakeBotApi,
        name: str = "Jan",
        *,
        user_id: int | None = None,
        chat: Json | None = None,
        language_code: str = "nl",
    ) -> None:
        self.api = api
        self.name = name
        self.id = 1000 + api.next_id() if user_id is None else user_id
        self.account: Json = {
            "id": self.id,
            "is_bot": False,
            "first_name": name,
            "username": name.lower(),
            "language_code": language_code,
        }
        self.chat: Json = chat or {"id": self.id, "type": "private", "first_name": name, "username": name.lower()}
        self.clipboard = ""
        api.chats[self.chat["id"]] = self.chat
        self._taps: list[str] = []
        self._read_until = len(api.shown)
        self._read_from = self._read_until

    # Doing.

    async def sends(self, text: str, reply_to: Message | None = None) -> Message:
        assert 0 < utf16_length(text) <= 4096, "An app of Telegram splits such a text, or can't send it"
        return await self._post({"text": text, **_marked("entities", text)}, reply_to)

    async def forwards(
        self, text: str, sender_name: str = "Iemand", origin: Literal["hidden_user", "user", "channel"] = "hidden_user"
    ) -> Message:
        source = messages.origin(origin, sender_name, self.api.now())
        return await self._post({"text": text, "forward_origin": source, **_marked("entities", text)})

    async def sends_photo(self, caption: str | None = None) -> Message:
        words = {"caption": caption, **_marked("caption_entities", caption)} if caption else {}
        return await self._post({"photo": messages.photo("photo"), **words})

    async def sends_sticker(self) -> Message:
        return await self._post({"sticker": messages.sticker("sticker")})

    async def sends_voice(self, seconds: int = 3) -> Message:
        return await self._post({"voice": messages.voice("voice", seconds)})

    async def edits(self, message: Message, text: str) -> Message:
        old = self.api.messages[message.chat_id, message.id]
        assert old["from"]["id"] == self.id, f"{self.name} can only edit own messages"
        assert "text" in old, "Only the text of a message can be edited here"
        kept = {key: value for key, value in old.items() if key != "entities"}
        edited = {**kept, "text": text, **_marked("entities", text), "edit_date": self.api.now()}
        self.api.messages[message.chat_id, message.id] = edited
        self._turns()
        if self._bot_gets(edited):
            await self.api.push("edited_message", edited)
        return Message(edited)

    async def taps(self, label: str, on: Message | None = None) -> Message:
        """Taps the newest button with this label; case and emoji don't matter. Returns the message it was on.

        A copy button fills `clipboard`; a button below the typing field sends its text.
        """
        await self.api.wait_until(lambda: bool(self._with_button(label, on) or self._key(label, on)), PATIENCE)
        found = self._with_button(label, on)
        if not found and (key := self._key(label, on)):
            return await self.sends(key)
        assert found, f"{self.name} finds no button {label!r}.{self._report()}"
        message, button = found[-1]
        self._has_read(message)
        if "copy_text" in button:
            self.clipboard = button["copy_text"]["text"]
            return message
        assert "callback_data" in button, f"The bot can't notice a tap on {button}"
        await self.taps_data(button["callback_data"], on=message)
        return message

    async def taps_data(self, data: str, on: Message | None = None) -> None:
        """A tap with this callback data, forged or from a keyboard that is long gone."""
        newest = on or (self.screen[-1] if self.screen else None)
        query: Json = {"id": str(9_000_000 + self.api.next_id()), "from": self.account, "data": data}
        query["chat_instance"] = str(self.chat["id"])
        if newest:
            query["message"] = self.api.messages.get((newest.chat_id, newest.id), newest.raw)
        self.api.taps[query["id"]] = query
        self._taps.append(query["id"])
        self._turns()
        await self.api.push("callback_query", query)

    async def votes(self, *options: str, on: Message | None = None) -> None:
        """Votes in the newest poll."""
        polls = [on] if on else [message for message in self.screen if message.kind == "poll"]
        assert polls, f"{self.name} sees no poll.{self._report()}"
        poll = polls[-1].raw["poll"]
        chosen = [index for index, option in enumerate(poll["options"]) if option["text"] in options]
        assert len(chosen) == len(options), f"{options} are not all in {poll['options']}"
        for index in chosen:
            poll["options"][index]["voter_count"] += 1
        poll["total_voter_count"] += 1
        self._has_read(polls[-1])
        self._turns()
        answer = {"option_ids": chosen, "option_persistent_ids": [str(index) for index in chosen]}
        if not poll["is_anonymous"]:
            await self.api.push("poll_answer", {"poll_id": poll["id"], "user": self.account, **answer})
        await self.api.push("poll", poll)

    # Reading.

    @property
    def screen(self) -> list[Message]:
        """All messages of the bot in this chat as they are now, oldest first."""
        return [Message(raw) for raw in self.api.messages.values() if self._is_mine(raw)]

    @property
    def toasts(self) -> list[str]:
        """What the bot answered to the taps of this user, those without text left out."""
        answers = [answer for query_id in self._taps for answer in self.api.answers.get(query_id, [])]
        return [str(answer["text"]) for answer in answers if answer.get("text")]

    async def sees(self, fragment: str, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 (reads best in a test)
        """Waits for a message of the bot, new or edited, whose visible text contains the fragment."""
        await self.api.wait_until(lambda: self._find(fragment) is not None, timeout)
        index = self._find(fragment)
        assert index is not None, f"{self.name} waited {timeout} s for {fragment!r}.{self._report()}"
        self._read_until = max(self._read_until, index + 1)
        return Message(self.api.shown[index].message)

    async def sees_toast(self, fragment: str, timeout: float = PATIENCE) -> str:  # noqa: ASYNC109
        """Waits for the answer to a tap that contains the fragment."""
        await self.api.wait_until(lambda: any(fragment in toast for toast in self.toasts), timeout)
        found = [toast for toast in self.toasts if fragment in toast]
        assert found, f"{self.name} waited {timeout} s for a toast {fragment!r}, got {self.toasts}.{self._report()}"
        return found[-1]

    async def nothing_more(self, for_: float = 0.3) -> None:
        """Fails when the bot says more than what was read with `sees`; a keyboard that changes is no saying."""
        await self.api.wait_until(lambda: bool(self._unread()), for_)
        assert not self._unread(), f"{self.name} got more: {[str(message) for message in self._unread()]}"

    # Helpers.

    async def _post(self, content: Json, reply_to: Message | None = None) -> Message:
        answered = self.api.messages[reply_to.chat_id, reply_to.id] if reply_to else None
        message = self.api.new_message(self.chat, self.account, content, reply_to=answered)
        self._turns()
        if self._bot_gets(message):
            await self.api.push("message", message)
        return Message(message)

    def _bot_gets(self, message: Json) -> bool:
        """Privacy mode: in a group only commands, mentions and replies to the bot."""
        if self.chat["type"] == "private" or self.api.bot["can_read_all_group_messages"]:
            return True
        if message.get("reply_to_message", {}).get("from") == self.api.bot:
            return True
        text = message.get("text") or message.get("caption") or ""
        marks = message.get("entities") or message.get("caption_entities") or []
        ours = f"@{self.api.bot['username']}"
        commands = any(mark["type"] == "bot_command" for mark in marks)
        return ours in text or (commands and "@" not in text.split()[0])

    def _turns(self) -> None:
        self._read_from = self._read_until

    def _is_mine(self, raw: Json) -> bool:
        return bool(raw["chat"]["id"] == self.chat["id"] and raw["from"]["id"] == self.api.bot["id"])

    def _find(self, fragment: str) -> int | None:
        shown = self.api.shown
        indexes = range(len(shown) - 1, self._read_from - 1, -1)
        fits = (i for i in indexes if self._is_mine(shown[i].message) and fragment in Message(shown[i].message).text)
        return next(fits, None)

    def _unread(self) -> list[Message]:
        fresh = self.api.shown[self._read_until :]
        return [Message(item.message) for item in fresh if item.kind != "markup" and self._is_mine(item.message)]

    def _has_read(self, message: Message) -> None:
        shown = self.api.shown
        last = max(i for i, item in enumerate(shown) if item.message["message_id"] == message.id)
        self._read_until = max(self._read_until, last + 1)

    def _with_button(self, label: str, on: Message | None) -> list[tuple[Message, Any]]:
        candidates = [message for message in self.screen if on is None or message.id == on.id]
        return [(message, button) for message in candidates if (button := message.button(label))]

    def _key(self, label: str, on: Message | None) -> str | None:
        keys = [] if on else self.api.keyboards.get(self.chat["id"], [])
        return next((key for key in keys if same_label(key, label)), None)

    def _report(self) -> str:
        shown = [item for item in self.api.shown if self._is_mine(item.message)]
        lines = [f"\n  {_MARKS[item.kind]} {Message(item.message)}" for item in shown] or ["\n  (nothing)"]
        violations = [f"\nViolation: {text}" for text in self.api.violations]
        return "".join(["\nThe bot showed (+ new, ~ edited, = other buttons):", *lines, *violations])


def _marked(key: str, text: str) -> Json:
    found = detect_entities(text)
    return {key: found} if found else {}
