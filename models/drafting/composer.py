"""The embedded drafter: a recipe says which steps, the phrase bank offers sentences, the encoder ranks them.

Deterministic: the same comment, assessment, house and history give the same drafts. Steps and their order come from the
training, section 2.1 "Welke woorden kies je?".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.advice import Advice
from models.comment import Assessment, Comment
from models.drafting.draft import Draft, StepText
from models.drafting.ranking import PhraseRanker
from models.drafting.situation import is_for_readers, recipe_for
from models.drafting.subjects import subject_of
from models.house import House
from prompts.phrases import Phrase, phrase_bank
from prompts.rules import Recipe, Slot

MOST_WORDS = 90
MOST_WORDS_SHORT = 40
FORMS = ("public", "private", "short")
# Under this probability the subject is not named, and the emotion only at need: better general than wrong.
SURE_ENOUGH = 0.5
# What a matching tag is worth beside the cosine: the subject most, since a reply lives by taking up what was said.
_BONUS = {"subject": 0.3, "concern": 0.15, "violation": 0.1, "emotion": 0.06, "kind": 0.05}
# What the post is about, and a concern that is not sure, is a weaker tie.
_WEAK = 0.1
_QUITE_SURE = 0.7
_LAST_RESORT = 0.5
_AS_GOOD = 0.03
# Phrases of these kinds stand only where a recipe asks for them.
RESERVED = frozenset({"opener", "support", "ally"})
# A comment that breaks several rules is answered on the gravest.
GRAVITY = (
    *("threat", "hate", "doxxing", "insult", "generalisation"),
    *("spam", "advertising", "misinformation", "off_topic", "shouting"),
)
_ECHO_PENALTY = 0.15


@dataclass(frozen=True)
class _Choice:
    """`last_resort`: fits only for want of better, and so never where a step may be left out."""

    phrase: Phrase
    score: float
    last_resort: bool


class Composer:
    """Composes drafts; `ranker` holds the phrases' vectors."""

    def __init__(self, ranker: PhraseRanker) -> None:
        self._ranker = ranker

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
        """Up to `count` drafts, best first, that share no sentence with each other or with `avoid` (sentences).

        A public reply to a troll is written for the silent readers. There is no private message to a troll: the
        list is empty then.
        """
        readers = is_for_readers(assessment)
        recipe = recipe_for(assessment, readers=readers)
        if form == "public" and advice.channel == "private":
            form = "private"
        own_subject = subject_of(comment.text)
        subject = own_subject or subject_of(comment.post or "")
        allowed = _allowed(subject, assessment, house, form, readers)
        bank = [phrase for phrase in phrase_bank() if _fits(phrase, allowed)]
        scores = dict(zip((p.id for p in bank), self._ranker.similarities(comment, bank), strict=True)) if bank else {}
        bonus = _BONUS | {
            "subject": _BONUS["subject"] if own_subject else _WEAK,
            "concern": _BONUS["concern"] if assessment.confidence["concern"] >= _QUITE_SURE else _WEAK,
        }
        choices = [_choice(p, scores[p.id], assessment, bonus) for p in bank]
        drafts: list[Draft] = []
        used = set(avoid)
        while len(drafts) < count:
            # Some reply is better than none, but a second one that lacks a step is not worth showing.
            draft = self._compose(recipe, choices, house, form, used, comment.text, whole=bool(used))
            if draft is None:
                break
            drafts.append(draft)
            used |= {step.text for step in draft.steps}
        return drafts

    def _compose(
        self,
        recipe: Recipe,
        choices: Sequence[_Choice],
        house: House,
        form: str,
        used: Collection[str],
        seed: str,
        *,
        whole: bool,
    ) -> Draft | None:
        """One draft; with `whole`, None when a step that must be there finds no sentence."""
        limit = MOST_WORDS_SHORT if form == "short" else MOST_WORDS
        chosen: list[Phrase] = []
        for slot in _in_order_of_need(recipe.slots[form]):
            phrase = _best(slot, choices, chosen, house, used, seed)
            if phrase is None:
                if whole and not slot.optional:
                    return None
                continue
            if _words(chosen, house) + len(phrase.text(house.address).split()) > limit and slot.optional:
                continue
            chosen.append(phrase)
        order = [slot.step for slot in recipe.slots[form]]
        chosen.sort(key=lambda phrase: order.index(phrase.step) if "opener" not in phrase.tags.get("kind", ()) else -1)
        steps = tuple(StepText(phrase.step, _filled(phrase, house)) for phrase in chosen)
        if not steps:
            return None
        text = " ".join(step.text for step in steps)
        if form == "private":
            text = f"Dag,\n\n{text}" + (f"\n\n{house.signature}" if house.signature else "")
        source = "composer: " + " + ".join(phrase.id for phrase in chosen)
        return Draft(text, "private" if form == "private" else "public", steps, source)


def _in_order_of_need(slots: Sequence[Slot]) -> Iterator[Slot]:
    """What must be there is chosen first, so that an optional sentence never takes its words."""
    yield from (slot for slot in slots if not slot.optional)
    yield from (slot for slot in slots if slot.optional)


def _fits(phrase: Phrase, allowed: Mapping[str, Collection[str | None]]) -> bool:
    return all(set(values) & set(allowed[tag]) for tag, values in phrase.tags.items() if tag != "tone")


def _allowed(
    subject: str | None, assessment: Assessment, house: House, form: str, readers: bool
) -> dict[str, Collection[str | None]]:
    """By tag, the values that a phrase may carry here."""
    return {
        "audience": {"readers" if readers else "author"},
        "channel": {"private" if form == "private" else "public"},
        "emotion": {assessment.emotion},
        "subject": {subject},
        "concern": {assessment.concern} if assessment.confidence["concern"] >= SURE_ENOUGH else set(),
        "violation": set(min(assessment.violations, key=GRAVITY.index, default="").split()),
        "kind": _kinds(assessment),
        "voice": {house.voice},
        "needs": {"complaint_form"} if house.complaint_form else set(),
    }


def _kinds(assessment: Assessment) -> set[str]:
    """The kinds of phrase that fit: the hints themselves, and what a trainer calls them on a phrase."""
    kinds = set(assessment.kinds) | RESERVED
    kinds |= {kind for own in (*assessment.kinds, *assessment.violations) for kind in _KINDS_OF_PHRASES.get(own, ())}
    if assessment.emotion != "none" and kinds & {"own_experience", "grief"}:
        # Told without a feeling, an experience is no complaint.
        kinds.add("complaint")
    if assessment.speaker == "unclear" or not assessment.kinds:
        # Where we know little, an open question that fits anything is what remains.
        kinds.add("short")
    elif assessment.tone != "calm" and not kinds & {"complaint", "question", "counter_speech", "reports_hate"}:
        # Whoever is angry disagrees with something, also when no finer hint is sure enough.
        kinds.add("criticism")
    return kinds


def _choice(phrase: Phrase, cosine: float, assessment: Assessment, bonus: Mapping[str, float]) -> _Choice:
    """Another tone, or an emotion in doubt, is taken only when there is nothing else."""
    other_tone = "tone" in phrase.tags and assessment.tone not in phrase.tags["tone"]
    doubtful = "emotion" in phrase.tags and assessment.confidence["emotion"] < SURE_ENOUGH
    score = cosine + sum(bonus.get(tag, 0) for tag in phrase.tags) - _LAST_RESORT * (other_tone + doubtful)
    return _Choice(phrase, score, other_tone or doubtful)


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


def _best(
    slot: Slot, choices: Sequence[_Choice], chosen: Sequence[Phrase], house: House, used: Collection[str], seed: str
) -> Phrase | None:
    fitting: list[tuple[float, Phrase]] = []
    for choice in choices:
        phrase = choice.phrase
        kinds = phrase.tags.get("kind", ())
        if phrase.step != slot.step or phrase in chosen or _filled(phrase, house) in used:
            continue
        if (slot.kind not in kinds if slot.kind else RESERVED & set(kinds)) or (slot.optional and choice.last_resort):
            continue
        fitting.append((choice.score - _ECHO_PENALTY * _echo(phrase, chosen, house), phrase))
    if not fitting:
        return None
    best = max(score for score, _ in fitting)
    near = [phrase for score, phrase in fitting if score >= best - _AS_GOOD]
    # Among equals the comment itself decides, so that one sentence does not stand under every third comment.
    return min(near, key=lambda phrase: hashlib.sha256((seed + phrase.id).encode()).digest())


def _echo(phrase: Phrase, chosen: Sequence[Phrase], house: House) -> int:
    """How many longer words this sentence repeats from the sentences already chosen, plus a shared first word."""
    text = phrase.text(house.address)
    own = _long_words(text)
    others = [other.text(house.address) for other in chosen]
    repeated = sum(len(own & _long_words(other)) for other in others)
    return repeated + sum(text.split()[0] == other.split()[0] for other in others)


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 5}


def _filled(phrase: Phrase, house: House) -> str:
    return phrase.text(house.address).replace("{complaint_form}", house.complaint_form)


def _words(chosen: Sequence[Phrase], house: House) -> int:
    return sum(len(phrase.text(house.address).split()) for phrase in chosen)
