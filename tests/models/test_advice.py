"""Advice for every situation the classifier can describe, and for those that matter most."""

from __future__ import annotations

from itertools import product

import pytest

from data.corpus.codebook import CONCERNS, EMOTIONS, SPEAKERS, TONES, VIOLATIONS
from models.advice import Advice, advise
from models.comment import Assessment, Comment, Verdict
from models.house import House


def assessment(
    speaker: str = "citizen",
    tone: str = "calm",
    violations: tuple[str, ...] = (),
    *,
    emotion: str = "none",
    concern: str = "other",
    kinds: tuple[str, ...] = (),
) -> Assessment:
    troll = {"citizen": 0.1, "unclear": 0.5, "troll": 0.9}[speaker]
    return Assessment(
        speaker=speaker,
        probabilities={"citizen": 1 - troll, "troll": troll},
        tone=tone,
        verdicts=tuple(Verdict(name, 0.9 if name in violations else 0.1, 0.5) for name in VIOLATIONS),
        emotion=emotion,
        concern=concern,
        confidence={"tone": 0.9, "emotion": 0.9, "concern": 0.9},
        kinds=kinds,
    )


def advice(*args: object, **more: object) -> Advice:
    return advise(Comment("Weer zoiets"), assessment(*args, **more), House())  # type: ignore[arg-type]


def test_every_situation_gets_a_decision_with_reasons() -> None:
    rules = [(), *((name,) for name in VIOLATIONS), ("hate", "threat"), ("insult", "shouting")]
    for speaker, tone, violations in product(SPEAKERS, TONES, rules):
        for emotion, concern in (*((e, "other") for e in EMOTIONS), *(("none", c) for c in CONCERNS)):
            found = advice(speaker, tone, violations, emotion=emotion, concern=concern)
            assert found.why
            assert found.reply == (found.audience != "none") == (found.channel != "none")
            assert {reason.about for reason in found.reasons} == {"reply", *found.actions}


def test_a_worried_citizen_is_answered_in_public() -> None:
    found = advice("citizen", "heated", emotion="fear", concern="mobility", kinds=("own_experience",))
    assert (found.reply, found.audience, found.channel) == (True, "author", "public")
    assert found.actions == ("wait", "answer_in_time", "forward_colleague")


def test_a_personal_story_about_health_is_answered_in_private() -> None:
    found = advice("citizen", emotion="sadness", concern="health_care", kinds=("grief",))
    assert found.channel == "private"


def test_a_mocking_troll_gets_no_answer() -> None:
    found = advice("troll", "insulting", ("insult",), emotion="contempt", concern="none")
    assert not found.reply
    assert "hide" in found.actions
    assert "monitor" in found.actions


@pytest.mark.parametrize("violation", ["hate", "threat"])
def test_hate_or_threat_is_kept_as_evidence_reported_and_only_then_hidden(violation: str) -> None:
    actions = advice("troll", "hateful", (violation,)).actions
    assert actions.index("screenshot") < actions.index("report_platform") < actions.index("hide")
    assert "self_care" in actions


def test_hate_goes_to_unia_and_on_flemish_matters_also_to_the_vlaams_mensenrechteninstituut() -> None:
    assert "report_unia" in advice("troll", "hateful", ("hate",)).actions
    assert "report_mensenrechteninstituut" in advice("troll", "hateful", ("hate",), concern="housing").actions
    assert "report_mensenrechteninstituut" not in advice("troll", "hateful", ("hate",), concern="safety").actions


def test_a_troll_who_targets_people_gets_one_line_for_the_readers() -> None:
    found = advice("troll", "calm", ("generalisation",))
    assert (found.reply, found.audience, found.channel) == (True, "readers", "public")


def test_advertising_is_hidden_without_a_word() -> None:
    found = advice("troll", "calm", ("advertising",))
    assert not found.reply
    assert "hide" in found.actions


def test_somebodys_address_is_dealt_with_out_of_sight() -> None:
    found = advice("citizen", "heated", ("doxxing",))
    assert found.channel == "private"
    assert "hide" in found.actions


def test_an_unclear_comment_gets_a_question() -> None:
    found = advice("unclear", "heated")
    assert found.reply
    assert "monitor" in found.actions


def test_thanks_for_a_friendly_word() -> None:
    found = advice("citizen", "calm", kinds=("support",))
    assert found.reply
    assert found.actions == ()


@pytest.mark.parametrize("text", ["Ik wil niet meer leven", "mijn man ligt aan een zuurstoftoestel"])
def test_acute_need_goes_before_all(text: str) -> None:
    found = advise(Comment(text), assessment("citizen", "heated", kinds=("own_experience",)), House())
    assert (found.reply, found.audience, found.channel) == (True, "author", "private")
    assert found.actions[0] == "emergency"
    assert "112" in found.why


def test_whoever_wishes_it_on_another_is_no_case_of_need() -> None:
    found = advise(Comment("pleeg zelfmoord"), assessment("troll", "hateful", ("threat",)), House())
    assert "emergency" not in found.actions


def test_a_subject_of_a_colleague_goes_there() -> None:
    house = House(colleagues={"housing": "dienst Wonen"})
    found = advise(Comment("Mijn huur"), assessment(concern="housing"), house)
    assert any("dienst Wonen" in reason.why for reason in found.reasons)


@pytest.mark.parametrize(("round", "reply", "channel"), [("second", True, "public"), ("stuck", True, "private")])
def test_after_two_rounds_it_is_time_to_stop(round: str, reply: bool, channel: str) -> None:
    found = advise(Comment("Nog altijd niks"), assessment("citizen", "heated"), House(), round)
    assert (found.reply, found.channel) == (reply, channel)
    assert not advise(Comment("haha"), assessment("troll", "insulting"), House(), round).reply
