"""The organisation that answers: its name, its habits, its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from prompts.reading import labels

CHOICES = {
    "address": ("jij", "u"),
    "voice": ("org", "person"),
    "style": ("patrol", "guard", "close"),
}


class HouseError(ValueError):
    """A setting of the house is wrong; the message is Dutch and names it."""


@dataclass(frozen=True)
class House:
    """`address` is "jij" or "u", `voice` "org" (we) or "person" (I, with a name). Empty fields are not used.

    `style` is the way of moderating (training, section 2.2): "close" allows no interaction, "guard" lets comments
    through after a check, "patrol" moderates what was posted. `colleagues` names who answers comments on a concern of
    the codebook.
    """

    name: str = ""
    kind: str = ""
    address: str = "jij"
    voice: str = "org"
    style: str = "patrol"
    signature: str = ""
    rules: str = ""
    complaint_form: str = ""
    phone: str = ""
    phone_hours: str = ""
    emoji: bool = False
    colleagues: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[str, ...]:
        """What a reply may tell about the house."""
        return (
            *(self.name, self.kind, self.signature, self.rules, self.complaint_form, self.phone, self.phone_hours),
            *self.colleagues.values(),
        )


def house_from(given: Mapping[str, object]) -> House:
    """A house from settings as they stand in YAML. Raises `HouseError`."""
    return House(**house_fields(given))


def house_fields(given: Mapping[str, object]) -> dict[str, Any]:
    """Settings of a house, checked and cleaned; only those that are given. Raises `HouseError`."""
    known = {entry.name for entry in fields(House)}
    if unknown := set(map(str, given)) - known:
        raise HouseError(f"{', '.join(sorted(unknown))} ken ik niet. Er mogen {', '.join(sorted(known))} in staan.")
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name == "colleagues":
            values[name] = _colleagues(value)
        elif name == "emoji":
            values[name] = value in (True, "ja", "True", "true")
        elif isinstance(value, (str, int, float)):
            values[name] = str(value).strip()
        else:
            raise HouseError(f"{name} moet tekst zijn.")
    for name, allowed in CHOICES.items():
        if values.get(name, allowed[0]) not in allowed:
            raise HouseError(f"{name} moet {' of '.join(f'`{choice}`' for choice in allowed)} zijn.")
    return values


def _colleagues(value: object) -> dict[str, str]:
    concerns = labels()["concern"]
    if not isinstance(value, Mapping) or not set(map(str, value)) <= set(concerns):
        raise HouseError(f"colleagues noemt per onderwerp een collega; de onderwerpen zijn {', '.join(concerns)}.")
    return {str(concern): str(who).strip() for concern, who in value.items()}
