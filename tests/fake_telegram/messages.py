"""Messages: Telegram's JSON on one side, what a person sees of them on the other."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from .entities import Json


@dataclass(frozen=True)
class Message:
    """One version of a message: an edit leaves this one as it was. `raw` is Telegram's JSON."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.raw["chat"]["id"])

    @property
    def text(self) -> str:
        """What a reader sees, without tags: the text, the caption of a photo, or the question of a poll."""
        poll = self.raw.get("poll", {})
        return str(self.raw.get("text") or self.raw.get("caption") or poll.get("question") or "")

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard as Telegram has it."""
        rows: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, label: str) -> Json | None:
        return next((button for row in self.rows for button in row if same_label(button["text"], label)), None)

    def __str__(self) -> str:
        return " ".join([self.text or f"<{self.kind}>", *(f"[{label}]" for label in self.buttons)])

    @property
    def kind(self) -> str:
        known = ("text", "photo", "poll", "sticker", "voice")
        return next((kind for kind in known if kind in self.raw), "message")


def same_label(one: str, other: str) -> bool:
    """Emoji and case don't matter, unless there is nothing but emoji."""
    plain = _plain(one), _plain(other)
    return plain[0] == plain[1] if all(plain) else one.strip() == other.strip()


def _plain(label: str) -> str:
    # So and Sk: pictures and skin tones; Cf, Mn, Me: what glues and styles them. NFC keeps é one letter.
    letters = (c for c in unicodedata.normalize("NFC", label) if unicodedata.category(c) not in _PICTURES)
    return " ".join("".join(letters).casefold().split())


_PICTURES = ("So", "Sk", "Cf", "Mn", "Me")


def supergroup(title: str = "Redactie", chat_id: int = -1001000000001) -> Json:
    """A group chat: hand the same one to each `User` in it."""
    return {"id": chat_id, "type": "supergroup", "title": title}


def photo(name: str) -> list[Json]:
    sizes = ((90, 60), (800, 533))
    return [{**file(f"{name}-{width}"), "width": width, "height": height} for width, height in sizes]


def file(name: str) -> Json:
    return {"file_id": name, "file_unique_id": f"unique-{name}", "file_size": 1024}


def sticker(name: str) -> Json:
    looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "😀"}
    return {**file(name), **looks}


def voice(name: str, seconds: int) -> Json:
    return {**file(name), "duration": seconds, "mime_type": "audio/ogg"}


def origin(kind: str, sender_name: str, date: int) -> Json:
    """Where a forwarded message comes from: somebody who hides the account, a user or a channel."""
    senders: dict[str, dict[str, Any]] = {
        "hidden_user": {"sender_user_name": sender_name},
        "user": {"sender_user": {"id": 7001, "is_bot": False, "first_name": sender_name}},
        "channel": {"chat": {"id": -1007002, "type": "channel", "title": sender_name}, "message_id": 1},
    }
    return {"type": kind, "date": date, **senders[kind]}
