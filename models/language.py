"""Which language a text is in, where that is sure."""

from __future__ import annotations

from functools import cache
from typing import Any

_SURE = 0.95


def foreign_language(text: str) -> str | None:
    """ISO code of the language when it is surely not Dutch; short texts and dialect count as Dutch."""
    if len(text.split()) < 4:
        return None
    language, probability = _identifier().classify(text)
    return str(language) if language != "nl" and probability > _SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["nl", "fr", "en", "de", "tr", "pl", "es", "ro", "it", "pt"])
    return identifier
