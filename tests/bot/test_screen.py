from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.screen import plain, split


def test_a_short_message_stays_whole() -> None:
    assert split("<b>Dag</b>") == ["<b>Dag</b>"]


def test_a_long_message_is_cut_at_a_sentence_end() -> None:
    parts = split("Dit is een zin. " * 400)
    assert len(parts) == 2
    assert all(len(part) <= 4096 and part.endswith(".") for part in parts)


def test_tags_are_closed_at_the_cut_and_opened_again() -> None:
    parts = split(f"<blockquote expandable><i>{'Een zin. ' * 60}</i></blockquote>", limit=400)
    assert len(parts) > 1
    for part in parts:
        assert part.startswith("<blockquote expandable><i>")
        assert part.endswith("</i></blockquote>")


@pytest.mark.parametrize("limit", [100, 250])
@given(text=st.text(alphabet="ab &<>.\n", max_size=900))
def test_nothing_is_lost_and_no_entity_is_torn(text: str, limit: int) -> None:
    parts = split(f"<b>{html.escape(text)}</b>", limit=limit)
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(plain(part) for part in parts).split()) == "".join(text.split())


def test_plain_text_has_no_markup_left() -> None:
    assert plain("<b>a</b> &lt;b&gt; &amp;") == "a <b> &"
