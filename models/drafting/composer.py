"""The embedded drafter: a recipe says which steps, the phrase bank offers sentences, the encoder ranks them.

Where a trainer wrote a whole reply to a comment like this one, that one comes first. Deterministic: the same comment,
assessment, house and history give the same drafts. Steps and their order come from the training, section 2.1 "Welke
woorden kies je?".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from models.comment import Comment
from models.drafting.draft import Draft, StepText
from models.drafting.fitting import RESERVED, Choice, Situation, allowed_tags, choice_of, fits
from models.drafting.ranking import PhraseRanker
from models.drafting.request import Request
from models.drafting.situation import is_for_readers, recipe_for
from models.drafting.subjects import subject_of
from models.drafting.whole_replies import whole_replies
from models.emergency import emergency_in
from models.house import House
from prompts.phrases import Phrase, phrase_bank
from prompts.rules import Slot, manners

MOST_WORDS = 90
MOST_WORDS_SHORT = 40
FORMS = ("public", "private", "short")
# Other manners of saying it, on request; each is a public reply.
MANNERS = ("readers", "firmer", "warmer", "plain")
_AS_GOOD = 0.03
# A comment of so few words tells nothing to take up.
_BARE = 5
_ECHO_PENALTY = 0.15


class Composer:
    """Composes drafts; `ranker` holds the phrases' vectors."""

    secrets: Sequence[str] = ()

    def __init__(self, ranker: PhraseRanker) -> None:
        self._ranker = ranker

    def draft(self, request: Request) -> list[Draft]:
        """Drafts, best first, that share no sentence with each other.

        A public reply to a troll is written for the silent readers. There is no private message to a troll: the list
        is empty then.
        """
        comment, assessment, house, avoid = request.comment, request.assessment, request.house, request.avoid
        form = form_of(request)
        emergency = emergency_in(comment.text, assessment)
        if emergency is not None and form in FORMS:
            reply = emergency.reply[house.address]
            step = StepText("invite", reply)
            return [] if reply in avoid else [Draft(reply, "private", (step,), f"noodgeval: {emergency.id}")]
        situation = situation_of(request)
        used = set(avoid)
        # One whole reply at most: the next ones should differ in substance, and be put together for this comment.
        drafts = whole_replies(comment, situation, self._ranker, most_words(form), used)[:1]
        used |= {step.text for draft in drafts for step in draft.steps}
        choices = self._choices(comment, situation)
        while len(drafts) < request.count:
            # Some reply is better than none, but a second one that lacks a step is not worth showing.
            draft = self._compose(slots_of(situation), choices, situation, used, comment.text, whole=bool(used))
            if draft is None:
                break
            drafts.append(draft)
            used |= {step.text for step in draft.steps}
        return drafts[: request.count]

    def _choices(self, comment: Comment, situation: Situation) -> list[Choice]:
        allowed = allowed_tags(situation)
        wanted = {slot.kind for slot in slots_of(situation)}
        # What a recipe asks for by kind needs no hint of the comment.
        allowed["kind"] = {*allowed["kind"], *wanted}
        bank = [phrase for phrase in phrase_bank() if fits(phrase, allowed)]
        scores = self._ranker.similarities(comment, [phrase.jij for phrase in bank])
        return [choice_of(phrase, score, situation) for phrase, score in zip(bank, scores, strict=True)]

    def _compose(
        self,
        slots: Sequence[Slot],
        choices: Sequence[Choice],
        situation: Situation,
        used: Collection[str],
        seed: str,
        *,
        whole: bool,
    ) -> Draft | None:
        """One draft; with `whole`, None when a step that must be there finds no sentence."""
        house, limit = situation.house, most_words(situation.form)
        chosen: list[Phrase] = []
        for slot in _in_order_of_need(slots):
            phrase = _best(slot, choices, chosen, house, used, seed)
            if phrase is None:
                if whole and not slot.optional:
                    return None
                continue
            if _words(chosen, house) + len(phrase.text(house.address).split()) > limit and slot.optional:
                continue
            chosen.append(phrase)
        order = [slot.step for slot in slots]
        chosen.sort(key=lambda phrase: order.index(phrase.step) if "opener" not in phrase.tags.get("kind", ()) else -1)
        steps = tuple(StepText(phrase.step, _filled(phrase, house)) for phrase in chosen)
        if not steps:
            return None
        text = " ".join(step.text for step in steps)
        private = situation.form == "private"
        if private:
            text = letter(text, house)
        source = "composer: " + " + ".join(phrase.id for phrase in chosen)
        return Draft(text, "private" if private else "public", steps, source)


def form_of(request: Request) -> str:
    """What is public by habit is private where that is the advice."""
    return "private" if request.form == "public" and request.advice.channel == "private" else request.form


def situation_of(request: Request) -> Situation:
    """What the choice of words depends on; the subject is the comment's own, or else its post's."""
    comment, assessment, form = request.comment, request.assessment, form_of(request)
    if "?" in comment.text and not assessment.kinds:
        # Where no hint is sure, a question mark is one.
        assessment = replace(assessment, kinds=("question",))
    own_subject = subject_of(comment.text)
    return Situation(
        assessment=assessment,
        house=request.house,
        form=form,
        readers=form == "readers" or is_for_readers(assessment),
        subject=own_subject or subject_of(comment.post or ""),
        own_subject=own_subject is not None,
        bare=len(comment.text.split()) <= _BARE,
        round=request.advice.round,
    )


def slots_of(situation: Situation) -> Sequence[Slot]:
    recipe = recipe_for(situation.assessment, readers=situation.readers, round=situation.round)
    manner = manners().get(situation.form)
    if manner is not None and recipe.id in manner.instead_of:
        return manner.slots
    return recipe.slots["public" if situation.form in MANNERS else situation.form]


def letter(text: str, house: House) -> str:
    """A private message: greeting and signature around the text."""
    return f"Dag,\n\n{text}" + (f"\n\n{house.signature}" if house.signature else "")


def most_words(form: str) -> int:
    """How long a reply of this form may be, in words."""
    return MOST_WORDS_SHORT if form == "short" else MOST_WORDS


def _in_order_of_need(slots: Sequence[Slot]) -> Iterator[Slot]:
    """What must be there is chosen first, so that an optional sentence never takes its words."""
    yield from (slot for slot in slots if not slot.optional)
    yield from (slot for slot in slots if slot.optional)


def _best(
    slot: Slot, choices: Sequence[Choice], chosen: Sequence[Phrase], house: House, used: Collection[str], seed: str
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
