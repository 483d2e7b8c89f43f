"""The draft coach and the post check: what they say, and what they leave alone."""

from __future__ import annotations

import pytest

from bot.loading import Models
from models.advice import advise
from models.coaching.coach import OwnReply, address_of
from models.coaching.feedback import Feedback
from models.coaching.rewriting import quieten, rewrite
from models.comment import Comment
from models.house import House
from models.marking.marked import Mark
from models.sentences import sentences

ANGRY = Comment("Al drie keer gebeld over die stinkende container en niemand komt. Jullie lachen met ons.")


def read(models: Models, comment: Comment, reply: str) -> Feedback:
    (assessment,) = models.classifier.assess([comment])
    own = OwnReply(comment, assessment, advise(comment, assessment, House()), reply)
    return models.draft_coach.read([own], House())[0]


def test_a_good_reply_is_left_as_it_is(models: Models) -> None:
    reply = (
        "Drie keer bellen en telkens die geur als je buitenkomt, dat is frustrerend. Welke container is het precies?"
    )
    found = read(models, ANGRY, reply)
    assert found.pitfalls == ()
    assert found.missing == ()
    assert found.quality >= 3
    assert found.rewrite == reply


def test_a_bad_reply_gets_a_better_one_that_keeps_what_is_good(models: Models) -> None:
    good = "Welke container is het precies?"
    found = read(
        models,
        ANGRY,
        f"Dag Jan, wij doen ons uiterste best en het ligt niet aan ons maar aan de intercommunale. {good}",
    )
    assert found.quality <= 3
    assert found.pitfalls
    assert "acknowledge" in found.missing
    assert good in found.rewrite
    assert found.rewrite.startswith("Dag Jan,")
    assert "ligt niet" not in found.rewrite
    assert {better.about for better in found.better} >= {"acknowledge", found.pitfalls[0].name}


def test_a_reply_to_hate_needs_a_boundary(models: Models) -> None:
    found = read(models, Comment("Al die moslims zijn ongedierte, buiten ermee"), "Bedankt om dit met ons te delen.")
    assert "boundary" in found.missing
    assert found.quality <= 3


def test_an_invitation_stands_in_for_a_question(models: Models) -> None:
    found = read(models, ANGRY, "Dat stinkt, en je wacht al lang. Heel vervelend. Stuur ons gerust een berichtje.")
    assert "open_question" not in found.missing


@pytest.mark.parametrize(
    ("text", "address"), [("Dag, hoe gaat het met u?", "u"), ("Wat vind je ervan?", "jij"), ("Dat kan niet.", None)]
)
def test_the_rewrite_speaks_as_the_reply_did(text: str, address: str | None) -> None:
    assert address_of(text) == address


def test_sentences_with_a_fault_go_and_the_signature_stays_last() -> None:
    reply = "Dag Jan, typisch voor u. Waar is het gebeurd?\nGroeten, Els"
    fault = Mark("attack", 9, 25, reply[9:25], 0.9)
    question = Mark("open_question", 26, 47, reply[26:47], 0.9)
    assert rewrite(reply, [question], [fault], {"acknowledge": "Dat is schrikken."}) == (
        "Dag Jan, Dat is schrikken. Waar is het gebeurd?\nGroeten, Els"
    )


def test_shouting_is_quietened() -> None:
    assert quieten("WIJ DOEN ONS BEST!!!") == "Wij doen ons best."
    assert quieten("De NMBS is ERNSTIG te laat!") == "De NMBS is ernstig te laat."


def test_sentences_end_where_they_end() -> None:
    text = "Dag dhr. Peeters, dat klopt voor u. Bel ons (bv. morgen)!\nGroet"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Dag dhr. Peeters, dat klopt voor u.",
        "Bel ons (bv. morgen)!",
        "Groet",
    ]


@pytest.mark.parametrize(
    "post",
    [
        "Iedereen kan meedoen aan de buurtbarbecue, altijd welkom. Breng gerust je buren mee.",
        "Samen vieren we zaterdag het einde van de werken. Kom kijken en stel je vragen aan de werfleider.",
    ],
)
def test_harmless_posts_are_left_alone(models: Models, post: str) -> None:
    (found,) = models.post_check.read([post], House())
    assert found.issues == ()
    assert found.polarising == 0


def test_a_polarising_post_is_marked_and_rewritten(models: Models) -> None:
    post = "Die asociale wegpiraten hebben weer lak aan iedereen. Zij daarboven kijken altijd weg!"
    (found,) = models.post_check.read([post], House())
    assert {mark.name for mark in found.issues} & {"loaded_word", "judgement", "stereotype"}
    assert all(mark.span in post for mark in found.issues)
    assert found.polarising >= 2
    assert "wegpiraten" not in found.rewrite
    assert found.doubts
