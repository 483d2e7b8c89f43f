"""How a comment becomes tokens, and what the shipped model does with odd and long ones."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from models.checkpoint import WEIGHTS_DIR
from models.classifier import Classifier
from models.comment import Comment
from models.encoding import COMMENT_TOKENS, CONTEXT_TOKENS, clean, collate, context_of, encode, split_long

HATE = "Die vieze makakken moeten allemaal terug naar hun land, dat zijn geen mensen."
WORRY = "Mijn zoon is vanmorgen bijna aangereden aan de schoolpoort, wanneer komt daar eindelijk een zebrapad?"
PADDING = "Gisteren was het mooi weer en hebben we lang gewandeld langs de vaart. "


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(WEIGHTS_DIR / "tokenizer.json"))


def test_what_cannot_be_seen_is_dropped() -> None:
    assert clean(" ha\u200bat\u202e \x00dag\nnu ") == "haat dag\nnu"


def test_the_context_names_author_first_and_is_none_without_both() -> None:
    assert context_of(Comment("x", "De post", "Jan")) == "naam: Jan · post: De post"
    assert context_of(Comment("x", "De post")) == "post: De post"
    assert context_of(Comment("x")) is None


def test_only_the_comments_own_pieces_are_marked(tokenizer: Tokenizer) -> None:
    batch = collate(encode(tokenizer, [Comment("dom volk", "een post"), Comment("")]), 1, 2)
    own = len(tokenizer.encode("dom volk", add_special_tokens=False).ids)
    assert batch.comment_mask.sum(1).tolist() == [own, 1]
    assert batch.token_type_ids[0].max() == 1
    assert batch.attention_mask[1].sum() == 2


def test_windows_are_kept_and_lengths_rounded_up_on_demand(tokenizer: Tokenizer) -> None:
    (encoding,) = encode(tokenizer, [Comment(PADDING * 99, PADDING * 99)])
    assert len(encoding) == COMMENT_TOKENS + CONTEXT_TOKENS + 4
    assert collate([encoding], 1, 1, multiple=16).input_ids.shape[1] % 16 == 0


@pytest.mark.parametrize("text", ["kort", PADDING * 30, "x" * 5000, "woord\n" * 600])
def test_a_long_text_is_cut_into_parts_that_fit_and_lose_nothing(tokenizer: Tokenizer, text: str) -> None:
    parts = split_long(tokenizer, text.strip())
    assert all(len(tokenizer.encode(part, add_special_tokens=False).ids) <= COMMENT_TOKENS for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_probabilities_are_probabilities_and_order_is_kept(classifier: Classifier) -> None:
    comments = [Comment(WORRY), Comment("x" * 300), Comment(HATE), Comment("", "een post")]
    together = classifier.read(comments)
    for comment, reading in zip(comments, together, strict=True):
        assert reading.tasks["speaker"].sum() == pytest.approx(1)
        assert ((reading.tasks["violations"] >= 0) & (reading.tasks["violations"] <= 1)).all()
        (alone,) = classifier.read([comment])
        assert np.allclose(reading.tasks["speaker"], alone.tasks["speaker"], atol=0.03)


def test_a_worried_parent_is_a_citizen_and_dehumanising_is_hate_by_a_troll(classifier: Classifier) -> None:
    worry, hate = classifier.assess([Comment(WORRY), Comment(HATE)])
    assert (worry.speaker, worry.violations) == ("citizen", ())
    assert hate.speaker == "troll"
    assert "hate" in hate.violations


def test_capitals_add_a_shout_and_change_nothing_else(classifier: Classifier) -> None:
    small, loud = classifier.assess([Comment(WORRY.lower()), Comment(WORRY.upper())])
    assert loud.speaker == small.speaker == "citizen"
    assert set(loud.violations) - set(small.violations) == {"shouting"}
    assert loud.probabilities["troll"] == pytest.approx(small.probabilities["troll"], abs=0.02)


def test_nothing_in_gives_nothing_out(classifier: Classifier) -> None:
    assert classifier.assess([]) == []


def test_a_text_longer_than_the_window_is_judged_by_its_worst_part(classifier: Classifier) -> None:
    (alone, hidden) = classifier.assess([Comment(HATE), Comment(PADDING * 40 + HATE + " " + PADDING * 40)])
    assert alone.speaker == "troll"
    assert hidden.probabilities["troll"] > 0.5
    assert "hate" in hidden.violations


def test_signs_are_words_of_the_comment_strongest_first(classifier: Classifier) -> None:
    (assessment,) = classifier.assess([Comment(HATE)])
    weights = [sign.weight for sign in assessment.signs]
    assert 1 <= len(weights) <= 3
    assert weights == sorted(weights, reverse=True)
    assert all(sign.text in HATE and sign.weight > 0 for sign in assessment.signs)
