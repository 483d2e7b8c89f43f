"""Swap words for protected groups with others of the same kind and form (counterfactual data augmentation).

Source of the idea: Garg et al. 2019, counterfactual token fairness; Zmigrod et al. 2019.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence

Groups = Mapping[str, Mapping[str, Sequence[str]]]


class GroupSwapper:
    """Knows which words stand in for which; `groups` is kind -> form -> words, in the same order of groups per kind."""

    def __init__(self, groups: Groups) -> None:
        self._lists: dict[str, Sequence[str]] = {}
        self._names: dict[str, str] = {}
        for forms in groups.values():
            names = next(iter(forms.values()))
            for words in forms.values():
                for word, name in zip(words, names, strict=False):
                    # A word in two lists ("Polen" the country) belongs to the first.
                    self._lists.setdefault(word.lower(), words)
                    self._names.setdefault(word.lower(), name)
        longest_first = sorted(self._lists, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def name(self, word: str) -> str:
        """The group that a word stands for, by its first form: "Turken" for "Turkse"."""
        return self._names[word.lower()]

    def swap(self, text: str, chance: random.Random) -> str:
        """Every mention swapped; the same word always becomes the same other word."""
        chosen: dict[str, str] = {}

        def replace(match: re.Match[str]) -> str:
            found = match[0].lower()
            if found not in chosen:
                chosen[found] = chance.choice(self._lists[found])
            return _like(match[0], chosen[found])

        return self._pattern.sub(replace, text)

    def variants(self, text: str) -> dict[str, str]:
        """For a text with one mention: the text for each word that may stand there. Else empty."""
        matches = list(self._pattern.finditer(text))
        if len({match[0].lower() for match in matches}) != 1:
            return {}
        words: Iterable[str] = self._lists[matches[0][0].lower()]
        return {word: self._pattern.sub(lambda match, word=word: _like(match[0], word), text) for word in words}  # type: ignore[misc]


def _like(model: str, word: str) -> str:
    """Write `word` in the capitals of `model`; a name of a people keeps its own capital unless all was small."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word.lower()
