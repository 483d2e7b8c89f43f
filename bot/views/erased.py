"""How much was forgotten."""

from __future__ import annotations

from bot.views.screen import Screen
from data.store import Erased
from prompts.texts import counted, text


def erased_screen(erased: Erased) -> Screen:
    if not erased.cases:
        return Screen(text("forgotten_nothing"))
    return Screen(
        text(
            "forgotten",
            cases=counted("cases", erased.cases),
            drafts=counted("drafts", erased.drafts),
            corrections=counted("corrections", erased.corrections),
        )
    )
