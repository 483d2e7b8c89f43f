"""Does a verdict hold when only the looks of a comment change? The share of verdicts that stay, per change.

After CheckList's invariance tests (Ribeiro et al. 2020). The additions here are others than those of `models.augment`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.augment import without_accents
from models.classifier import Classifier
from models.comment import Comment

Change = Callable[[str, random.Random], str]


def _two_slips(text: str, chance: random.Random) -> str:
    """Two neighbouring letters swapped inside two longer words."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for place in chance.sample(long, min(2, len(long))):
        word = words[place]
        at = chance.randrange(1, len(word) - 2)
        words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _line_breaks(text: str, chance: random.Random) -> str:
    return "".join(("\n\n" if c == " " and chance.random() < 0.3 else c) for c in text)


_BEFORE = (
    "Ik zag dit bericht daarnet voorbijkomen toen ik op de bus zat.",
    "Ik heb vandaag verlof en de kat wil niet van mijn schoot.",
    "Dag iedereen, ik ben Greet en ik werk in de zorg.",
    "Een vriendin vroeg wat ik hiervan vond.",
    "Het is laat, maar ik kan toch niet slapen.",
)
_AFTER = (
    "Nu ga ik de was uithangen, want de zon schijnt eindelijk.",
    "Ik lees morgen wel verder, mijn leesbril ligt nog in de auto.",
    "Mijn taart mag uit de oven.",
    "Veel groeten uit een zonnig De Haan.",
    "Zo, terug naar mijn kruiswoordraadsel.",
)

CHANGES: Mapping[str, Change] = {
    "two slips": _two_slips,
    "small letters": lambda text, _: text.lower(),
    "capitals": lambda text, _: text.upper(),
    "no accents": lambda text, _: without_accents(text),
    "an emoji after it": lambda text, chance: f"{text} {chance.choice('🙃😳🤨😤😶')}",
    "line breaks": _line_breaks,
    "a signature": lambda text, chance: (
        f"{text}\n\n{chance.choice(['Met groet, Annelies', 'W. Baert, Eeklo', 'Fatima'])}"
    ),
    "harmless text before it": lambda text, chance: f"{chance.choice(_BEFORE)} {text}",
    "harmless text after it": lambda text, chance: f"{text} {chance.choice(_AFTER)}",
}


@dataclass(frozen=True)
class Kept:
    """Shares of comments: `same` of the three answers as before; `not_turned` from citizen to troll or back."""

    same: float
    not_turned: float


def kept_verdicts(classifier: Classifier, comments: Sequence[Comment], seed: int = 1) -> dict[str, Kept]:
    """By change, how many verdicts on the speaker stay."""
    before = [assessment.speaker for assessment in classifier.assess(comments)]
    shares = {}
    for name, change in CHANGES.items():
        chance = random.Random(seed)  # noqa: S311 - not for secrets
        changed = [replace(comment, text=change(comment.text, chance)) for comment in comments]
        after = [assessment.speaker for assessment in classifier.assess(changed)]
        pairs = list(zip(before, after, strict=True))
        same = sum(a == b for a, b in pairs)
        turned = sum({a, b} == {"citizen", "troll"} for a, b in pairs)
        shares[name] = Kept(same / len(pairs), 1 - turned / len(pairs))
    return shares
