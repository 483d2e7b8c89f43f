"""The answer of Telegram to a call that it refuses."""

from typing import Any


class ApiError(Exception):
    """`scripted` tells a fault that a test asked for from a mistake of the bot."""

    def __init__(self, status: int, description: str, retry_after: int | None = None, *, scripted: bool = False):
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.scripted = scripted

    @property
    def blames_the_bot(self) -> bool:
        return self.status in (400, 404) and not self.scripted

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")
