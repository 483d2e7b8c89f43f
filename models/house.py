"""The organisation that answers: its name and habits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """`address` is "jij" or "u". Empty fields are simply not used in a reply."""

    name: str = ""
    address: str = "jij"
    complaint_form: str = ""
    signature: str = ""
