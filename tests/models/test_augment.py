from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from models.augment import misplace, vary
from models.comment import Comment
from models.example import Example

EXAMPLE = Example(
    Comment("Dat café is écht een mooie plek geworden!", "De post"), "citizen", "calm", (), "none", "other"
)


def test_most_examples_stay_and_every_kind_of_variation_occurs() -> None:
    chance = random.Random(1)
    texts = Counter(vary(EXAMPLE, chance).comment.text for _ in range(2000))
    assert 0.45 < texts[EXAMPLE.comment.text] / 2000 < 0.65
    assert texts[EXAMPLE.comment.text.lower()] > 100
    assert texts[EXAMPLE.comment.text.upper()] > 50
    assert texts["Dat cafe is echt een mooie plek geworden"] > 50
    assert any(text.startswith(EXAMPLE.comment.text + "\n") for text in texts)
    assert any(text.endswith(" " + EXAMPLE.comment.text) for text in texts)
    assert len(texts) > 40


def test_labels_stay_except_that_capitals_are_a_shout() -> None:
    chance = random.Random(2)
    for _ in range(500):
        varied = vary(EXAMPLE, chance)
        assert varied.comment.post == "De post"
        if varied.comment.text.isupper():
            assert (varied.tone, varied.violations) == ("heated", ("shouting",))
        else:
            assert replace(varied, comment=EXAMPLE.comment) == EXAMPLE


def test_a_shout_is_never_made_small() -> None:
    shout = replace(EXAMPLE, comment=Comment("DIT IS NIET NORMAAL"), violations=("shouting",))
    chance = random.Random(3)
    assert all(vary(shout, chance).comment.text != "dit is niet normaal" for _ in range(300))


def test_a_comment_under_a_post_on_another_subject_is_off_topic() -> None:
    other = replace(EXAMPLE, comment=Comment("x", "Over bussen"), concern="mobility")
    moved = misplace(EXAMPLE, [other], random.Random(1))
    assert (moved.comment.post, moved.violations, moved.speaker) == ("Over bussen", ("off_topic",), "citizen")
    assert misplace(EXAMPLE, [EXAMPLE], random.Random(1)) == EXAMPLE
    assert misplace(EXAMPLE, [replace(other, comment=Comment("x"))], random.Random(1)) == EXAMPLE


def test_what_changes_a_label_changes_it_for_both_readers() -> None:
    both = replace(EXAMPLE, second=replace(EXAMPLE, tone="heated"))
    other = replace(EXAMPLE, comment=Comment("x", "Over bussen"), concern="mobility")
    moved = misplace(both, [other], random.Random(1))
    assert [labels.violations for labels in moved.labellings] == [("off_topic",)] * 2
    assert [labels.tone for labels in moved.labellings] == ["calm", "heated"]


def test_odd_texts_survive() -> None:
    chance = random.Random(4)
    for text in ("", "a", "🤡🤡", "é", "ab cd", "jaja", "\n\n"):
        for _ in range(100):
            vary(replace(EXAMPLE, comment=Comment(text)), chance)
