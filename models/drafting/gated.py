"""A drafter whose every draft has passed the gate; the composer steps in for what was refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from models.advice import Advice
from models.comment import Assessment, Comment
from models.drafting.composer import Composer, most_words
from models.drafting.draft import Draft
from models.drafting.gate import Asked, Gate
from models.house import House

# How many more the composer may be asked for, when what it offers is refused.
_SPARE = 3


class Drafter(Protocol):
    """Whatever writes drafts. `secrets` are texts of its own that no draft may repeat."""

    secrets: Sequence[str]

    def draft(
        self,
        comment: Comment,
        assessment: Assessment,
        advice: Advice,
        house: House,
        *,
        form: str = "public",
        count: int = 3,
        avoid: Collection[str] = (),
    ) -> list[Draft]: ...


class GatedDrafter:
    """`first` writes, the gate reads; what is refused is written anew by the composer, and the reasons are kept."""

    def __init__(self, composer: Composer, gate: Gate, first: Drafter | None = None) -> None:
        self._composer, self._gate = composer, gate
        self._first: Drafter = first or composer

    def draft(
        self,
        comment: Comment,
        assessment: Assessment,
        advice: Advice,
        house: House,
        *,
        form: str = "public",
        count: int = 3,
        avoid: Collection[str] = (),
    ) -> list[Draft]:
        """As `Composer.draft`. Where nothing passes, the composer's own first draft stands: every sentence in it was
        read by a person."""
        asked = Asked(comment, assessment, house, most_words(form), self._first.secrets)
        passed: list[Draft] = []
        refused: list[str] = []
        used = set(avoid)
        for drafter, wanted in ((self._first, count), (self._composer, _SPARE)):
            if len(passed) == count:
                break
            offered = drafter.draft(comment, assessment, advice, house, form=form, count=wanted, avoid=frozenset(used))
            for draft, reasons in zip(offered, self._gate.refusals(offered, asked), strict=True):
                used |= {step.text for step in draft.steps}
                if not reasons and len(passed) < count:
                    passed.append(draft)
                refused += reasons
        if not passed:
            passed = self._composer.draft(comment, assessment, advice, house, form=form, count=1, avoid=avoid)
        return [replace(draft, refused=tuple(dict.fromkeys(refused))) for draft in passed]
