"""Words for groups are swapped with their like, in the capitals and the form of the text."""

from __future__ import annotations

import random

import pytest

from data.corpus import load_groups
from models.groups import GroupSwapper

SWAPPER = GroupSwapper(load_groups())


def test_the_same_word_becomes_the_same_other_word_in_its_own_capitals() -> None:
    swapped = {SWAPPER.swap("Turken, turken en TURKEN.", random.Random(seed)) for seed in range(60)}
    assert "Polen, polen en POLEN." in swapped
    assert len(swapped) > 5


@pytest.mark.parametrize("text", ["", "Mooi weer", "het turkoois is op", "Poolster"])
def test_a_text_without_a_group_stays(text: str) -> None:
    assert SWAPPER.swap(text, random.Random(1)) == text
    assert SWAPPER.variants(text) == {}


def test_a_form_is_only_swapped_with_the_same_form() -> None:
    variants = SWAPPER.variants("Onze Turkse buren zijn lief.")
    assert variants["Poolse"] == "Onze Poolse buren zijn lief."
    assert not {"Polen", "Pool"} & set(variants)
    assert SWAPPER.variants("Turken en moslims") == {}
    assert SWAPPER.name("Turkse") == SWAPPER.name("turk") == "Turken"
