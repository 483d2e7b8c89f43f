"""What a comment is about, finer than its concern: the subjects of `prompts/subjects.yaml`, found by their words.

A rule and not a model on purpose: a reply that names the wrong subject is worse than a general one, so only words that
leave no doubt count, and a trainer can read and mend them.
"""

from __future__ import annotations

import re
from functools import cache

from prompts.reading import TextError, read


def subject_of(text: str) -> str | None:
    """The subject that the text names most often, of several the one it names first; None where it names none.

    One only: a reply that speaks of two things at once speaks of neither.
    """
    found = {subject: list(pattern.finditer(text.lower())) for subject, pattern in _patterns().items()}
    # The same word twice is one naming: whoever repeats a word does not speak of more things.
    ranks = {name: (len({m[0] for m in named}), -named[0].start()) for name, named in found.items() if named}
    return max(ranks, key=ranks.__getitem__, default=None)


def subject_names() -> dict[str, str]:
    """Each subject with its Dutch name, as it stands after "over"."""
    return {str(entry["id"]): str(entry["name"]) for entry in read("subjects.yaml")}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for entry in read("subjects.yaml"):
        words = [re.escape(str(word)).replace(r"\*", r"\w*") for word in entry.get("words") or ()]
        if not words or entry["id"] in patterns:
            raise TextError(f"prompts/subjects.yaml: {entry['id']} heeft geen woorden, of staat er twee keer in")
        patterns[str(entry["id"])] = re.compile(rf"\b(?:{'|'.join(words)})\b")
    return patterns
