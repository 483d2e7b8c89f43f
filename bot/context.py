"""The context every handler gets: typed properties instead of string keys."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.coach import Coach
from bot.settings import Settings


class BotData:
    """What the application carries: built in `main`, handed on here."""

    def __init__(self) -> None:
        self.coach: Coach | None = None
        self.settings: Settings | None = None


class CoachContext(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], BotData]):
    @property
    def coach(self) -> Coach:
        assert self.bot_data.coach is not None  # set by build_application
        return self.bot_data.coach

    @property
    def settings(self) -> Settings:
        assert self.bot_data.settings is not None
        return self.bot_data.settings


CONTEXT_TYPES = ContextTypes(context=CoachContext, bot_data=BotData)
CoachApplication = Application[Any, CoachContext, dict[Any, Any], dict[Any, Any], BotData, Any]
