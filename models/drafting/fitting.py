"""Which phrases fit a comment, and how well: their tags held against the assessment, and the encoder's ranking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.comment import Assessment
from models.drafting.situation import spoken_rules
from models.house import House
from models.sentences import sentences
from prompts.phrases import Phrase

# Under this probability the subject is not named, and the emotion only at need: better general than wrong.
SURE_ENOUGH = 0.5
# What a matching tag is worth beside the cosine: the subject most, since a reply lives by taking up what was said.
_BONUS = {"subject": 0.3, "concern": 0.15, "violation": 0.1, "emotion": 0.06, "kind": 0.05}
# What the post is about, and a concern that is not sure, is a weaker tie.
_WEAK = 0.1
_QUITE_SURE = 0.7
_LAST_RESORT = 0.5
_HARD = 0.05
# Phrases of these kinds stand only where a recipe asks for them.
RESERVED = frozenset({"opener", "support", "ally", "firm", "warm", "public_norm", "follow_up", "closing"})
# A comment that breaks several rules is answered on the gravest.
GRAVITY = (
    *("threat", "hate", "doxxing", "insult", "generalisation"),
    *("spam", "advertising", "misinformation", "off_topic", "shouting"),
)


@dataclass(frozen=True)
class Situation:
    """What the choice of words depends on. `own_subject` says that the comment itself names the subject, `bare` that it
    says next to nothing."""

    assessment: Assessment
    house: House
    form: str
    readers: bool
    subject: str | None
    own_subject: bool
    bare: bool
    round: str = "first"


@dataclass(frozen=True)
class Choice:
    """`last_resort`: fits only for want of better, and so never where a step may be left out."""

    phrase: Phrase
    score: float
    last_resort: bool


def gravest(assessment: Assessment) -> str | None:
    """The rule that a reply speaks of, where several are broken."""
    return min(spoken_rules(assessment), key=GRAVITY.index, default=None)


def fits(phrase: Phrase, allowed: Mapping[str, Collection[str | None]]) -> bool:
    return all(set(values) & set(allowed[tag]) for tag, values in phrase.tags.items() if tag != "tone")


def allowed_tags(situation: Situation) -> dict[str, Collection[str | None]]:
    """By tag, the values that a phrase may carry here."""
    assessment, house = situation.assessment, situation.house
    return {
        "audience": {"readers" if situation.readers else "author"},
        "channel": {"private" if situation.form == "private" else "public"},
        "emotion": {assessment.emotion},
        "subject": {situation.subject},
        "concern": {assessment.concern} if assessment.confidence["concern"] >= SURE_ENOUGH else set(),
        "violation": {gravest(assessment)},
        "kind": _kinds(situation),
        "voice": {house.voice},
        "needs": {"complaint_form"} if house.complaint_form else set(),
    }


def choice_of(phrase: Phrase, cosine: float, situation: Situation) -> Choice:
    """Another tone, or an emotion in doubt, is taken only when there is nothing else."""
    assessment = situation.assessment
    other_tone = "tone" in phrase.tags and assessment.tone not in phrase.tags["tone"]
    doubtful = "emotion" in phrase.tags and assessment.confidence["emotion"] < SURE_ENOUGH
    bonus = _BONUS | {
        "subject": _BONUS["subject"] if situation.own_subject else _WEAK,
        "concern": _BONUS["concern"] if assessment.confidence["concern"] >= _QUITE_SURE else _WEAK,
    }
    score = cosine + sum(bonus.get(tag, 0) for tag in phrase.tags) - _LAST_RESORT * (other_tone + doubtful)
    if situation.form == "plain":
        score -= _HARD * hardness(phrase.text(situation.house.address))
    return Choice(phrase, score, other_tone or doubtful)


def hardness(text: str) -> int:
    """How far a text is from clear language (CEFR B1): words beyond twelve in its longest sentence, and long words."""
    lengths = [len(text[start:end].split()) for start, end in sentences(text)]
    return max(0, max(lengths, default=0) - 12) + sum(len(word) > 11 for word in text.split())


def _kinds(situation: Situation) -> set[str]:
    """The kinds of phrase that fit: the hints themselves, and what a trainer calls them on a phrase."""
    assessment = situation.assessment
    kinds = set(assessment.kinds) | RESERVED
    kinds |= {kind for own in (*assessment.kinds, *assessment.violations) for kind in _KINDS_OF_PHRASES.get(own, ())}
    if assessment.emotion != "none" and kinds & {"own_experience", "grief"}:
        # Told without a feeling, an experience is no complaint.
        kinds.add("complaint")
    if assessment.speaker == "unclear" or situation.bare:
        # Where we know little, an open question that fits anything is what remains.
        kinds.add("short")
    elif assessment.tone != "calm" and not kinds & {"complaint", "question", "counter_speech", "reports_hate"}:
        # Whoever is angry disagrees with something, also when no finer hint is sure enough.
        kinds.add("criticism")
    return kinds


# The classifier's hints and rules are finer than the kinds a trainer writes on a phrase.
_KINDS_OF_PHRASES = {
    "rude_citizen": ("complaint", "criticism"),
    "sarcasm_with_point": ("sarcasm", "criticism"),
    "short_bare": ("short",),
    "wrong_facts_good_faith": ("rumour",),
    "misinformation": ("rumour",),
    "counter_speech": ("ally",),
    "reports_hate": ("ally",),
    "quoted_hate": ("ally",),
    "worry_with_prejudice": ("complaint",),
    "opposition_politician": ("criticism",),
}
