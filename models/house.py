"""The organisation that answers: its name and habits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """`address` is "jij" or "u", `voice` "org" (we) or "person" (I, with a name). Empty fields are not used."""

    name: str = ""
    address: str = "jij"
    complaint_form: str = ""
    signature: str = ""
    voice: str = "org"
