"""A strict stand-in for Telegram: `FakeBotApi` behind two doors, and a `User` who types, taps and reads."""

from .api import TOKEN, FakeBotApi
from .doors import InProcessRequest, serve
from .messages import Message, supergroup
from .user import User

__all__ = ["TOKEN", "FakeBotApi", "InProcessRequest", "Message", "User", "serve", "supergroup"]
