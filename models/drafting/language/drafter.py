"""Drafts by a language model, whichever it is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from models.drafting.composer import letter, situation_of
from models.drafting.draft import Draft
from models.drafting.language.prompt import Prompt, prompt_for
from models.drafting.request import Request
from models.emergency import emergency_in
from prompts.reading import FOLDER

log = logging.getLogger(__name__)


class LanguageModelError(RuntimeError):
    """The language model gave no answer; the message says which kind of fault it was, and nothing of the comment."""


class LanguageModel(Protocol):
    """`name` is shown as the source of a draft."""

    name: str

    def write(self, prompt: Prompt) -> str:
        """The model's answer. Raises `LanguageModelError`."""
        ...


class LanguageDrafter:
    """Asks a language model; an answer that does not come is an empty draft, which the gate refuses."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        # What no draft may repeat: our own instructions, as they stand in the file.
        self.secrets: Sequence[str] = [Path(FOLDER / "drafting" / "system.jinja").read_text(encoding="utf-8")]

    def draft(self, request: Request) -> list[Draft]:
        """`count` drafts, each told what the ones before it said."""
        situation = situation_of(request)
        private = situation.form == "private"
        # What is said in acute need is not left to a model, and a troll is not written to.
        if (private and situation.readers) or emergency_in(request.comment.text, request.assessment):
            return []
        said = set(request.avoid)
        drafts = []
        for _ in range(request.count):
            try:
                text = _clean(self._model.write(prompt_for(request.comment, situation, said)))
            except LanguageModelError as error:
                log.warning("no draft from the language model: %s", error)
                text = ""
            if text and private:
                text = letter(text, request.house)
            said.add(text)
            drafts.append(Draft(text, "private" if private else "public", (), f"taalmodel: {self._model.name}"))
            if not text:
                break
        return drafts


def _clean(text: str) -> str:
    """Without what chat models put around an answer."""
    return text.strip().strip('"„”“').strip()
