"""The store: cases, drafts and corrections of one installation, in SQLite by default or any database by URL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, event, func, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from data.migrate import upgrade
from data.store.records import Case, Erased, NewCase, NewDraft, StoredDraft
from data.store.tables import CaseRow, CorrectionRow, DraftRow, HouseRow


class StoreError(RuntimeError):
    """The database can't be reached or brought to the newest schema. The message is Dutch and names no password."""


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """All methods are async and commit before they return. `clock` gives the time (aware, UTC)."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._session = async_sessionmaker(engine, expire_on_commit=False)
        self._clock = clock

    @classmethod
    async def open(cls, url: str, clock: Callable[[], datetime] = _now) -> Store:
        """Connect and bring the schema to the newest version; raises `StoreError`."""
        try:
            engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
            # Parameters hold comments: they must not end up in an error message, and so in a log.
            if engine.dialect.name == "sqlite":
                event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            await asyncio.to_thread(upgrade, url)
            async with engine.connect() as connection:
                await connection.execute(select(1))
        except (SQLAlchemyError, OSError, ArgumentError, ModuleNotFoundError) as error:
            raise StoreError(
                f"De database ({_shown(url)}) is niet bereikbaar. Kijk DATABASE_URL na, en of de server draait."
            ) from error
        return cls(engine, clock)

    async def close(self) -> None:
        await self._engine.dispose()

    async def add_case(self, new: NewCase) -> int:
        """Keep a case; returns its number."""
        async with self._session.begin() as session:
            row = CaseRow(
                user_id=new.user_id,
                chat_id=new.chat_id,
                comment=new.comment,
                post=new.post,
                author=new.author,
                assessment=dict(new.assessment),
                signs=new.signs,
                follows=new.follows,
                created_at=self._clock(),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def case_of(self, case_id: int, user_id: int) -> Case | None:
        """The case, when it exists and belongs to this user."""
        async with self._session() as session:
            row = await session.get(CaseRow, case_id)
        if row is None or row.user_id != user_id:
            return None
        return Case(
            row.id,
            row.user_id,
            row.chat_id,
            row.comment,
            row.post,
            row.author,
            row.assessment,
            row.signs,
            row.created_at,
            row.follows,
        )

    async def add_draft(self, new: NewDraft) -> int:
        async with self._session.begin() as session:
            row = DraftRow(
                case_id=new.case_id,
                form=new.form,
                text=new.text,
                channel=new.channel,
                steps=[list(step) for step in new.steps],
                source=new.source,
                refused=list(new.refused) or None,
                created_at=self._clock(),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def drafts_of(self, case_id: int) -> list[StoredDraft]:
        """The drafts shown for a case, oldest first."""
        async with self._session() as session:
            rows = (
                await session.scalars(select(DraftRow).where(DraftRow.case_id == case_id).order_by(DraftRow.id))
            ).all()
        return [_draft(row) for row in rows]

    async def last_draft(self, user_id: int) -> StoredDraft | None:
        """The newest draft this user saw in any case."""
        query = select(DraftRow).join(CaseRow).where(CaseRow.user_id == user_id).order_by(DraftRow.id.desc()).limit(1)
        async with self._session() as session:
            row = (await session.scalars(query)).first()
        return _draft(row) if row is not None else None

    async def correct(self, case_id: int, user_id: int, speaker: str) -> None:
        """Keep the moderator's own label for a case."""
        async with self._session.begin() as session:
            session.add(CorrectionRow(case_id=case_id, user_id=user_id, speaker=speaker, created_at=self._clock()))

    async def corrections_of(self, case_id: int) -> list[str]:
        async with self._session() as session:
            query = select(CorrectionRow.speaker).where(CorrectionRow.case_id == case_id).order_by(CorrectionRow.id)
            return list((await session.scalars(query)).all())

    async def thread_of(self, case_id: int) -> list[int]:
        """The case and those it follows, oldest first."""
        found: list[int] = []
        async with self._session() as session:
            number: int | None = case_id
            while number is not None and number not in found:
                found.insert(0, number)
                number = await session.scalar(select(CaseRow.follows).where(CaseRow.id == number))
        return found

    async def house_settings(self, user_id: int) -> dict[str, Any]:
        """What this user set of the house; empty when nothing was."""
        async with self._session() as session:
            row = await session.get(HouseRow, user_id)
        return dict(row.settings) if row is not None else {}

    async def keep_house_settings(self, user_id: int, settings: Mapping[str, Any]) -> None:
        async with self._session.begin() as session:
            await session.merge(HouseRow(user_id=user_id, settings=dict(settings), updated_at=self._clock()))

    async def forget(self, user_id: int) -> Erased:
        """Delete all that is stored of a user."""
        own = select(CaseRow.id).where(CaseRow.user_id == user_id)
        async with self._session.begin() as session:
            drafts = await session.scalar(select(func.count()).select_from(DraftRow).where(DraftRow.case_id.in_(own)))
            corrections = await session.scalar(
                select(func.count()).select_from(CorrectionRow).where(CorrectionRow.case_id.in_(own))
            )
            cases = await session.scalar(select(func.count()).select_from(CaseRow).where(CaseRow.user_id == user_id))
            for table in (CorrectionRow, DraftRow):
                await session.execute(delete(table).where(table.case_id.in_(own)))
            await session.execute(delete(CaseRow).where(CaseRow.user_id == user_id))
            await session.execute(delete(HouseRow).where(HouseRow.user_id == user_id))
        return Erased(cases or 0, drafts or 0, corrections or 0)

    async def drop_old_texts(self, days: int) -> int:
        """Take the comment, post and drafts' texts out of cases older than `days`; labels and counts stay."""
        before = self._clock() - timedelta(days=days)
        old = select(CaseRow.id).where(CaseRow.created_at < before, CaseRow.comment.is_not(None))
        async with self._session.begin() as session:
            numbers = list((await session.scalars(old)).all())
            await session.execute(delete(DraftRow).where(DraftRow.case_id.in_(numbers)))
            await session.execute(
                update(CaseRow).where(CaseRow.id.in_(numbers)).values(comment=None, post=None, author=None, signs=None)
            )
        return len(numbers)


def _draft(row: DraftRow) -> StoredDraft:
    steps = tuple((step, text) for step, text in row.steps)
    refused = tuple(row.refused or ())
    return StoredDraft(row.case_id, row.form, row.text, row.channel, steps, row.source, refused, id=row.id)


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "onleesbare DATABASE_URL"


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # Readers don't wait for a writer, a writer waits for its turn, and what is forgotten is overwritten on disk.
    for pragma in ("journal_mode=WAL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
