"""The house: what is set, and what each setting is for."""

from __future__ import annotations

from bot.views.screen import Button, Screen
from models.house import CHOICES, House
from prompts.reading import labels
from prompts.texts import text

# Asked for in words; the others are chosen with a button.
TEXTS = ("name", "kind", "signature", "rules", "complaint_form", "phone", "phone_hours", "colleagues")


def house_screen(house: House) -> Screen:
    """All settings with a button each."""
    lines = [text("house.title")]
    for name in (*TEXTS, "address", "voice", "style", "emoji"):
        lines.append(text("house.line", name=text(f"house.names.{name}"), value=_shown(house, name)))
    lines += ["", text("house.how")]
    settings = (*TEXTS, "address", "voice", "emoji")
    buttons = [Button(text(f"house.names.{name}"), f"house:{name}") for name in settings]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Screen("\n".join(lines), rows)


def policy_screen(house: House) -> Screen:
    """The ways of moderating, the chosen one marked."""
    lines = [text("policy.title")]
    lines += [
        text("policy.chosen" if style == house.style else "policy.other", style=labels()["style"][style])
        for style in CHOICES["style"]
    ]
    lines += ["", text("policy.how")]
    rows = tuple((Button(text(f"policy.buttons.{style}"), f"style:{style}"),) for style in CHOICES["style"])
    return Screen("\n".join(lines), rows)


def question(name: str) -> str:
    """What is asked for a setting; the answer comes as a reply to exactly this text."""
    return text(f"house.questions.{name}")


def _shown(house: House, name: str) -> str:
    value = getattr(house, name)
    if name == "colleagues":
        return ", ".join(f"{labels()['concern'][concern]}: {who}" for concern, who in value.items()) or text(
            "house.empty"
        )
    if name in ("address", "voice", "emoji"):
        return text(f"house.values.{name}.{value}")
    if name == "style":
        return labels()["style"][value]
    return str(value) or text("house.empty")
