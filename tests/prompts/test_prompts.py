"""Every sentence a person may read is rendered here once, and the editor's mistakes are named."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from data.corpus import codebook
from models.drafting.subjects import subject_names
from prompts import reading
from prompts.phrases import phrase_bank
from prompts.reading import TextError, labels
from prompts.rules import advice_rules, recipes
from prompts.texts import counted, entry, text

BANK = phrase_bank()


def leaves(found: object, name: str = "") -> list[str]:
    if isinstance(found, dict):
        return [leaf for key, value in found.items() for leaf in leaves(value, f"{name}.{key}".lstrip("."))]
    return [name] if isinstance(found, str) else []


@pytest.mark.parametrize("name", leaves(reading.read("texts.yaml")))
def test_every_text_renders_and_escapes_what_is_filled_in(name: str) -> None:
    fields = {field for _, field, _, _ in Formatter().parse(entry(name)) if field}
    shown = text(name, **dict.fromkeys(fields, "<b>&"))
    assert shown.strip()
    assert shown.count("&lt;b&gt;&amp;") == sum(1 for _, field, _, _ in Formatter().parse(entry(name)) if field)


def test_a_missing_value_and_a_missing_text_are_named() -> None:
    with pytest.raises(TextError, match="days"):
        text("privacy")
    with pytest.raises(TextError, match=r"no\.such"):
        text("no.such")
    with pytest.raises(TextError, match="buttons"):
        text("buttons")


def test_numbers_come_with_the_right_noun() -> None:
    assert counted("cases", 1) == "1 reactie"
    assert counted("cases", 0) == "0 reacties"


def test_labels_name_everything_in_the_codebook() -> None:
    for group, names in (
        ("speaker", codebook.SPEAKERS),
        ("tone", codebook.TONES),
        ("violations", codebook.VIOLATIONS),
        ("emotion", codebook.EMOTIONS),
        ("concern", codebook.CONCERNS),
    ):
        assert list(labels()[group]) == list(names)


def test_the_bank_holds_at_least_250_phrases_for_every_step() -> None:
    assert len(BANK) >= 250
    steps = Counter(phrase.step for phrase in BANK)
    assert set(steps) == set(labels()["steps"])


@pytest.mark.parametrize("form", ["jij", "u"])
def test_phrases_keep_to_the_house_style(form: str) -> None:
    for phrase in BANK:
        sentence = phrase.text(form)
        assert 2 <= len(sentence.split()) <= 34, phrase.id
        assert sentence[0].isupper() and sentence[-1] in ".?", phrase.id
        assert "!" not in sentence, phrase.id
        assert not re.search(r"\b[A-Z]{4,}\b", sentence), phrase.id
        assert not re.search(r"\bik begrijp dat\b|\bwij betreuren\b|\bik hoor dat je\b", sentence.lower()), phrase.id
    for phrase in BANK:
        assert not re.search(r"\b(je|jij|jou|jouw)\b", phrase.u.lower()), phrase.id
        assert not re.search(r"\b(uw|u)\b", phrase.jij.lower()), phrase.id


def test_no_sentence_stands_in_the_bank_twice() -> None:
    repeated = [sentence for sentence, count in Counter(phrase.jij for phrase in BANK).items() if count > 1]
    assert repeated == []


def test_lines_for_the_readers_never_address_the_troll() -> None:
    for phrase in BANK:
        if "readers" in phrase.tags["audience"]:
            assert not re.search(r"\b(je|jij|jou|jouw)\b", phrase.jij.lower()), phrase.id


def test_phrase_tags_are_the_codebooks_own() -> None:
    groups = {
        "emotion": "emotion",
        "concern": "concern",
        "tone": "tone",
        "violation": "violations",
        "channel": "channel",
    }
    for phrase in BANK:
        for tag, group in groups.items():
            assert set(phrase.tags.get(tag, ())) <= set(labels()[group]), phrase.id


def test_every_subject_has_its_own_sentences_and_every_subject_tag_is_one() -> None:
    named = {(subject, phrase.step) for phrase in BANK for subject in phrase.tags.get("subject", ())}
    assert {subject for subject, _ in named} == set(subject_names())
    for subject in subject_names():
        assert {"acknowledge", "open_question", "common_ground", "invite"} <= {s for n, s in named if n == subject}


def test_every_recipe_can_be_filled_from_the_bank() -> None:
    for recipe, form in product(recipes(), ("public", "private", "short")):
        readers = recipe.id.startswith("readers")
        for slot in recipe.slots[form]:
            assert any(
                phrase.step == slot.step
                and ("readers" in phrase.tags["audience"]) == readers
                and (slot.kind is None or slot.kind in phrase.tags.get("kind", ()))
                for phrase in BANK
            ), (recipe.id, form, slot)


def test_every_advice_rule_says_why_and_where_it_comes_from() -> None:
    for rule in advice_rules():
        assert rule.why.endswith("."), rule.id
        assert re.match(r"\d\.\d ", rule.source), rule.id
        assert rule.decide is not None or rule.actions, rule.id
    assert len({rule.id for rule in advice_rules()}) == len(advice_rules())


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("phrases/x.yaml", "- {id: a, step: acknowledge}", "jij"),
        ("phrases/x.yaml", "- {id: a, step: troost, text: Dag.}", "stap"),
        ("phrases/x.yaml", "- {id: a, step: invite, text: Dag., tags: {mood: [x]}}", "tags"),
        ("phrases/x.yaml", "- {id: a, step: invite, text: Dag.}\n- {id: a, step: invite, text: Hallo.}", "twee keer"),
        ("phrases/x.yaml", "- [", "x.yaml"),
    ],
)
@pytest.mark.usefixtures("fresh_texts")
def test_a_mistake_in_the_bank_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, content: str, named: str
) -> None:
    (tmp_path / "phrases").mkdir()
    (tmp_path / "labels.yaml").write_text(
        (reading.FOLDER / "labels.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / file).write_text(content, encoding="utf-8")
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    monkeypatch.setattr("prompts.phrases.FOLDER", tmp_path)
    with pytest.raises(TextError, match=named):
        phrase_bank()
