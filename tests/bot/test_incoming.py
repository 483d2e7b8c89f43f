from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import LONGEST, Unreadable, parse
from models.comment import Comment
from models.language import foreign_language


def test_headers_give_post_and_name() -> None:
    assert parse("Post: Nieuwe straat\nNaam: Jan P.\nSchande!\nEcht waar.") == Comment(
        "Schande!\nEcht waar.", "Nieuwe straat", "Jan P."
    )
    assert parse("post:  Nieuwe straat \nSchande", post="uit het antwoord") == Comment("Schande", "Nieuwe straat")


def test_a_header_later_in_the_text_is_text() -> None:
    assert parse("Schande\nPost: neen") == Comment("Schande\nPost: neen")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \n\u200b\u2060 ", "empty"),
        ("Post: enkel een post", "only_post"),
        ("https://voorbeeld.be/x", "only_link"),
        ("😂😂 🤡", "emoji_only"),
        ("!!!", "emoji_only"),
        ("هذا عار عليكم", "other_script"),
        ("Это позор", "other_script"),
        ("x" * (LONGEST + 1), "too_long"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, why: str) -> None:
    found = parse(text)
    assert isinstance(found, Unreadable)
    assert found.text == why


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "Zie https://x.be: schande", "1060", "<b>vet</b> & *ster*", "Schande 🤡", "ça va pas"]
)
def test_what_can_be_read_is_read(text: str) -> None:
    assert parse(text) == Comment(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("C'est une honte ce que vous faites de notre ville", "fr"),
        ("this is a complete disgrace and you know it", "en"),
        ("da's toch nie te doen amai seg", None),
        ("Wa ne flauwekul weer", None),
        ("Schandalig!!!", None),
        ("shame on you", None),
    ],
)
def test_only_a_sure_and_longer_foreign_text_is_called_foreign(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


@given(st.text(max_size=200))
def test_any_text_is_either_a_comment_or_unreadable(text: str) -> None:
    assert isinstance(parse(text), Comment | Unreadable)
