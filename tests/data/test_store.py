from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from data import migrate
from data.store import Erased, NewCase, NewDraft, Store, StoreError
from tests.conftest import Clock

JAN, PIET = 2**40, 2**40 + 1


def a_case(user: int = JAN) -> NewCase:
    return NewCase(user, user, "een reactie", "een post", "[naam]", {"speaker": "citizen"}, [["reactie", 0.2]])


def a_draft(case: int, text: str = "Dag.") -> NewDraft:
    return NewDraft(case, "public", text, "public", (("acknowledge", text),), "composer: x")


async def test_a_case_comes_back_as_it_was_kept(store: Store) -> None:
    number = await store.add_case(a_case())
    case = await store.case_of(number, JAN)
    assert case is not None
    assert (case.comment, case.post, case.author, case.signs) == (
        "een reactie",
        "een post",
        "[naam]",
        [["reactie", 0.2]],
    )


async def test_somebody_elses_case_is_not_there(store: Store) -> None:
    number = await store.add_case(a_case())
    assert await store.case_of(number, PIET) is None
    assert await store.case_of(number + 1, JAN) is None


async def test_drafts_come_back_oldest_first_and_the_last_one_over_all_cases(store: Store) -> None:
    first, second = await store.add_case(a_case()), await store.add_case(a_case())
    for case, text in ((first, "Een."), (second, "Twee."), (first, "Drie.")):
        await store.add_draft(a_draft(case, text))
    assert [draft.text for draft in await store.drafts_of(first)] == ["Een.", "Drie."]
    last = await store.last_draft(JAN)
    assert last is not None
    assert last.text == "Drie."
    assert await store.last_draft(PIET) is None


async def test_forgetting_deletes_only_ones_own_and_counts(store: Store) -> None:
    mine, theirs = await store.add_case(a_case()), await store.add_case(a_case(PIET))
    await store.add_draft(a_draft(mine))
    await store.correct(mine, JAN, "troll")
    assert await store.forget(JAN) == Erased(cases=1, drafts=1, corrections=1)
    assert await store.case_of(mine, JAN) is None
    assert await store.case_of(theirs, PIET) is not None
    assert await store.forget(JAN) == Erased(0, 0, 0)


async def test_old_texts_are_dropped_and_labels_stay(store: Store, clock: Clock) -> None:
    old = await store.add_case(a_case())
    await store.add_draft(a_draft(old))
    clock.moves(days=31)
    young = await store.add_case(a_case())
    assert await store.drop_old_texts(30) == 1
    assert await store.drop_old_texts(30) == 0
    case = await store.case_of(old, JAN)
    assert case is not None
    assert (case.comment, case.post, case.author, case.signs) == (None, None, None, None)
    assert case.assessment == {"speaker": "citizen"}
    assert await store.drafts_of(old) == []
    kept = await store.case_of(young, JAN)
    assert kept is not None
    assert kept.comment == "een reactie"


async def test_what_was_kept_is_there_after_a_restart(database_url: str) -> None:
    store = await Store.open(database_url)
    number = await store.add_case(a_case())
    await store.close()
    again = await Store.open(database_url)
    assert await again.case_of(number, JAN) is not None
    await again.close()


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite+aiosqlite:////proc/nowhere/x.db", "postgres://u:geheim@127.0.0.1:1/x"]
)
async def test_an_unreachable_database_is_one_dutch_line_without_password(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as caught:
        await Store.open(url)
    assert "geheim" not in str(caught.value)


def test_migrations_go_up_and_down_and_match_the_tables(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/x.db"
    migrate.upgrade(url)
    migrate.check(url)
    migrate.downgrade(url, "base")
    with sqlite3.connect(tmp_path / "x.db") as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type='table'")}
    connection.close()
    assert tables == {"alembic_version"}
    migrate.upgrade(url)
