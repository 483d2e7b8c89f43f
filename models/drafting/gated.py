"""A drafter whose every draft has passed the gate; the composer steps in for what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from models.drafting.composer import Composer
from models.drafting.draft import Draft
from models.drafting.gate import Gate
from models.drafting.request import Request

# How many more the composer may be asked for, when what it offers is refused.
_SPARE = 3


class Drafter(Protocol):
    """Whatever writes drafts. `secrets` are texts of its own that no draft may repeat."""

    secrets: Sequence[str]

    def draft(self, request: Request) -> list[Draft]: ...


class GatedDrafter:
    """`first` writes, the gate reads; what is refused is written anew by the composer, and the reasons are kept."""

    def __init__(self, composer: Composer, gate: Gate, first: Drafter | None = None) -> None:
        self._composer, self._gate = composer, gate
        self._first: Drafter = first or composer

    def draft(self, request: Request) -> list[Draft]:
        """As `Composer.draft`. Where nothing passes, the composer's own first draft stands: every sentence in it was
        read by a person."""
        passed: list[Draft] = []
        refused: list[str] = []
        used = set(request.avoid)
        for drafter, count in ((self._first, request.count), (self._composer, _SPARE)):
            if len(passed) == request.count:
                break
            offered = drafter.draft(replace(request, count=count, avoid=frozenset(used)))
            for draft, reasons in zip(offered, self._gate.refusals(offered, request, self._first.secrets), strict=True):
                used |= {step.text for step in draft.steps}
                if not reasons and len(passed) < request.count:
                    passed.append(draft)
                refused += reasons
        if not passed:
            passed = self._composer.draft(replace(request, count=1))
        return [replace(draft, refused=tuple(dict.fromkeys(refused))) for draft in passed]
