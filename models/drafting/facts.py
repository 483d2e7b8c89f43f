"""What a draft claims that nobody said: figures, days, addresses and names that no source holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from prompts.phrases import phrase_bank
from prompts.replies import model_replies
from prompts.texts import entry

_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|januari|februari|maart|april|mei|juni|juli|augustus|september|"
    r"oktober|november|december|morgen|overmorgen|volgende (?:week|maand)|deze week)\b",
    re.IGNORECASE,
)
# A capital that opens no sentence.
_NAME = re.compile(r"(?<=[a-zà-ÿ,;:)] )[A-ZÀ-Ý][\w'’-]+")


def new_facts(text: str, sources: Iterable[str | None]) -> tuple[str, ...]:
    """Words of `text` that claim something which none of the sources (comment, post, the house's settings) holds."""
    known = " ".join(source for source in sources if source).lower()
    found = [
        match[0]
        for pattern in (_ADDRESS, _FIGURE, _DAY)
        for match in pattern.finditer(text)
        if match[0].lower().rstrip(".,") not in known
    ]
    found += [m[0] for m in _NAME.finditer(text) if m[0].lower() not in known and m[0].lower() not in _own_words()]
    return tuple(dict.fromkeys(found))


@cache
def _own_words() -> frozenset[str]:
    """Words of the phrase bank: a name that stands in it (a feast, a country, a service) is no invention."""
    bank = [phrase.jij for phrase in phrase_bank()] + [reply.text("jij") for reply in model_replies()]
    return frozenset(re.findall(r"[\w'’-]+", " ".join([*bank, *entry("polite_names")]).lower()))
