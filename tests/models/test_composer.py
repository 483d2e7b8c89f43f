"""Drafts: the steps the situation asks for, no repeated sentence, no word too many."""

from __future__ import annotations

from itertools import product

import pytest

from data.corpus.codebook import CONCERNS, SPEAKERS, TONES
from models.advice import advise
from models.comment import Comment
from models.drafting.composer import FORMS, Composer
from models.drafting.draft import Draft
from models.drafting.request import Request
from models.drafting.subjects import subject_of
from models.house import House
from prompts.replies import model_replies
from tests.models.test_advice import assessment

COMMENT = Comment("Het kruispunt aan de school is levensgevaarlijk en jullie doen niets.")


def drafts(composer: Composer, house: House, *args: object, form: str = "public", **more: object) -> list[Draft]:
    found = assessment(*args, **more)  # type: ignore[arg-type]
    return composer.draft(Request(COMMENT, found, advise(COMMENT, found, house), house, form=form))


def steps(draft: Draft) -> list[str]:
    return [step.step for step in draft.steps]


@pytest.mark.parametrize("form", FORMS)
def test_every_situation_gets_a_reply_within_its_length(composer: Composer, form: str) -> None:
    rules = [(), ("insult",), ("generalisation",), ("hate",), ("threat",), ("doxxing",), ("spam",), ("misinformation",)]
    rules += [("advertising",), ("off_topic",), ("shouting",), ("insult", "hate")]
    for speaker, tone, violations in product(SPEAKERS, TONES, rules):
        found = drafts(composer, House(), speaker, tone, violations, concern="mobility", form=form)
        if speaker == "troll" and form == "private" and not set(violations) & {"spam", "advertising"}:
            assert found == []
            continue
        assert found, (speaker, tone, violations, form)
        for draft in found:
            assert len(draft.text.split()) <= (40 if form == "short" else 90)
            assert all(step.text in draft.text for step in draft.steps)
            assert draft.source.startswith("composer: ")


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_concern_of_an_angry_citizen_is_acknowledged_and_asked_about(composer: Composer, concern: str) -> None:
    for draft in drafts(composer, House(), "citizen", "heated", emotion="anger", concern=concern):
        assert steps(draft)[0] == "acknowledge"
        assert steps(draft)[-1] == "open_question"


def test_hate_and_threat_get_the_boundary_first_and_no_debate(composer: Composer) -> None:
    for violation in ("hate", "threat"):
        for draft in drafts(composer, House(), "citizen", "hateful", (violation,), emotion="anger"):
            assert steps(draft)[0] == "boundary"
            assert "open_question" not in steps(draft)


def test_a_troll_gets_a_line_for_the_readers_only(composer: Composer) -> None:
    for draft in drafts(composer, House(), "troll", "hateful", ("hate",)):
        assert steps(draft)[0] == "boundary"
        assert not {"je", "jij", "jou", "jouw", "u", "uw"} & set(draft.text.lower().replace(".", "").split())


def test_an_unclear_comment_gets_one_open_question(composer: Composer) -> None:
    for draft in drafts(composer, House(), "unclear", "heated"):
        assert steps(draft) == ["open_question"]


def test_no_two_drafts_share_a_sentence_and_avoided_ones_stay_away(composer: Composer) -> None:
    first = drafts(composer, House(), "citizen", "heated", emotion="fear", concern="mobility")
    said = [step.text for draft in first for step in draft.steps]
    assert len(said) == len(set(said))
    found = assessment("citizen", "heated", emotion="fear", concern="mobility")
    advice = advise(COMMENT, found, House())
    later = composer.draft(Request(COMMENT, found, advice, House(), avoid=said))
    assert not {step.text for draft in later for step in draft.steps} & set(said)


def test_the_same_question_gives_the_same_drafts(composer: Composer) -> None:
    once, again = (drafts(composer, House(), "citizen", "insulting", ("insult",)) for _ in range(2))
    assert once == again


def test_the_house_decides_on_address_signature_and_complaint_form(composer: Composer) -> None:
    house = House(address="u", complaint_form="stad.example/klacht", signature="Team Torenbeek")
    private = drafts(composer, house, "citizen", "heated", emotion="anger", concern="mobility", form="private")
    assert all(draft.channel == "private" and draft.text.endswith("Team Torenbeek") for draft in private)
    assert all(not {"je", "jouw", "jou"} & set(draft.text.lower().split()) for draft in private)
    assert all("{" not in draft.text for draft in private)


def test_where_the_subject_is_uncertain_no_subject_is_named(composer: Composer) -> None:
    from dataclasses import replace

    from prompts.phrases import phrase_bank

    unsure = replace(
        assessment("citizen", "heated", emotion="anger", concern="animals"),
        confidence={"tone": 0.9, "emotion": 0.3, "concern": 0.3},
    )
    tags = {phrase.jij: phrase.tags for phrase in phrase_bank()}
    for draft in composer.draft(Request(COMMENT, unsure, advise(COMMENT, unsure, House()), House())):
        assert all("concern" not in tags[step.text] for step in draft.steps)
    first, *_ = composer.draft(Request(COMMENT, unsure, advise(COMMENT, unsure, House()), House()))
    assert all("emotion" not in tags[step.text] for step in first.steps)


def test_a_subject_that_is_named_is_taken_up(composer: Composer) -> None:
    comment = Comment("Dat zebrapad is een gevaar, mijn moeder raakt nooit aan de overkant")
    found = assessment("citizen", "heated", emotion="anger", concern="mobility")
    whole, composed, *_ = composer.draft(Request(comment, found, advise(COMMENT, found, House()), House()))
    assert whole.source.startswith("modelantwoord: ")
    assert "zebra_crossing" in next(r for r in model_replies() if whole.source.endswith(r.id)).tags["subject"]
    assert "about-zebra_crossing-ack" in composed.source
    assert "about-zebra_crossing-oq" in composed.source


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("De bushalte is weg", "bus_tram"),
        ("BUSHALTES weg, en nog eens: bushaltes, naast dat zebrapad", "bus_tram"),
        ("Dat zebrapad ligt te ver van de bushalte", "zebra_crossing"),
        ("Schandalig!", None),
        ("Op de bank in het park zit een wijze man", None),
        ("", None),
    ],
)
def test_a_subject_is_found_by_words_that_leave_no_doubt(text: str, subject: str | None) -> None:
    assert subject_of(text) == subject
