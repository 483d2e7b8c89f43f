"""The service behind every door: one comment through classifier, advice, drafts and store.

Knows no Telegram. Model work runs in one thread beside the event loop: torch already uses all cores for one call, and a
second call at the same time would only make both slower.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from bot.loading import Models
from data.store import Case, Erased, NewCase, NewDraft, Store
from models.advice import Advice, advise
from models.coaching.coach import OwnReply
from models.coaching.feedback import Feedback
from models.coaching.post_check import PostFeedback
from models.comment import Assessment, Comment, Sign, Verdict
from models.drafting.draft import Draft, StepText
from models.drafting.request import Request
from models.house import House, house_fields
from models.masking import mask, mask_author

Result = TypeVar("Result")


@dataclass(frozen=True)
class Consultation:
    """What the coach has to say about one case. `draft` is None when the advice is silence, or when none is left."""

    case_id: int
    assessment: Assessment
    advice: Advice
    draft: Draft | None
    form: str
    draft_id: int | None = None


class CaseGone(LookupError):
    """The case does not exist, or belongs to somebody else."""


class TextGone(LookupError):
    """The case is there, but its text is past the retention time."""


class Coach:
    """One per installation; a person sees one proposal at a time."""

    def __init__(self, models: Models, house: House, store: Store) -> None:
        self.models, self.house, self.store = models, house, store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inference")

    async def house_of(self, user_id: int) -> House:
        """The installation's house with what this user set in `/instellingen`."""
        settings = await self.store.house_settings(user_id)
        return replace(self.house, **house_fields(settings)) if settings else self.house

    async def consider(self, user_id: int, chat_id: int, comment: Comment, follows: int | None = None) -> Consultation:
        """Assess a comment, advise, draft, and keep the case with personal data masked.

        `follows` is the case that the same person answers back to. Raises `CaseGone` when it is not the user's.
        """
        if follows is not None:
            before = await self._case(follows, user_id)
            comment = replace(comment, post=comment.post or before.post)
        house = await self.house_of(user_id)
        (assessment,) = await self._infer(lambda: self.models.classifier.assess([comment]))
        case_id = await self.store.add_case(
            NewCase(
                user_id=user_id,
                chat_id=chat_id,
                comment=mask(comment.text),
                post=mask(comment.post) if comment.post else None,
                author=mask_author(comment.author),
                assessment=assessment_record(assessment),
                signs=[[mask(sign.text), sign.weight] for sign in assessment.signs],
                follows=follows,
            )
        )
        thread = await self.store.thread_of(case_id)
        advice = advise(comment, assessment, house, round_of(thread, assessment))
        said = [text for earlier in thread for shown in await self.store.drafts_of(earlier) for _, text in shown.steps]
        draft = await self._draft(user_id, comment, assessment, advice, house, "public", said) if advice.reply else None
        return await self._keep(Consultation(case_id, assessment, advice, draft, _form(draft, "public")))

    async def redraft(self, case_id: int, user_id: int, form: str) -> Consultation:
        """Another proposal for a stored case, sharing no sentence with those shown before in the same form.

        `form` is a form or manner of the composer, or "address" or "voice": the other one than the house's.
        """
        case = await self._case(case_id, user_id)
        if case.comment is None:
            raise TextGone
        assessment = assessment_of(case)
        house = await self.house_of(user_id)
        advice = advise(Comment(case.comment), assessment, house, await self._round(case_id, assessment))
        if form == "address":
            house = replace(house, address="jij" if house.address == "u" else "u")
        elif form == "voice":
            house = replace(house, voice="org" if house.voice == "person" else "person")
        shown = await self.store.drafts_of(case_id)
        said = [text for draft in shown if draft.form == form for _, text in draft.steps]
        written = "public" if form in ("address", "voice") else form
        draft = await self._draft(user_id, Comment(case.comment, case.post), assessment, advice, house, written, said)
        return await self._keep(Consultation(case_id, assessment, advice, draft, _form(draft, form)))

    async def recall(self, case_id: int, user_id: int) -> Consultation:
        """A stored case with the draft last shown, as it stands in the chat."""
        case = await self._case(case_id, user_id)
        assessment = assessment_of(case)
        shown = await self.store.drafts_of(case_id)
        last = shown[-1] if shown else None
        draft = Draft(last.text, last.channel, _steps(last.steps), last.source, last.refused) if last else None
        form = last.form if last else "public"
        comment, house = Comment(case.comment or ""), await self.house_of(user_id)
        advice = advise(comment, assessment, house, await self._round(case_id, assessment))
        return Consultation(case_id, assessment, advice, draft, form, last.id if last else None)

    async def read_reply(self, user_id: int, comment: Comment | int, reply: str) -> Feedback:
        """Feedback on a reply of one's own to a comment, or to that of a stored case. Raises `CaseGone`, `TextGone`."""
        if isinstance(comment, int):
            case = await self._case(comment, user_id)
            if case.comment is None:
                raise TextGone
            comment = Comment(case.comment, case.post)
        house, asked = await self.house_of(user_id), comment

        def read() -> Feedback:
            (assessment,) = self.models.classifier.assess([asked])
            own = OwnReply(asked, assessment, advise(asked, assessment, house), reply)
            return self.models.draft_coach.read([own], house)[0]

        return await self._infer(read)

    async def check_post(self, user_id: int, post: str) -> PostFeedback:
        """Feedback on a post of one's own. Nothing of it is kept."""
        house = await self.house_of(user_id)
        return (await self._infer(lambda: self.models.post_check.read([post], house)))[0]

    async def set_house(self, user_id: int, name: str, value: object) -> House:
        """Keep one setting of the house. Raises `HouseError` when it can't be that."""
        settings = {**await self.store.house_settings(user_id), name: value}
        house_fields(settings)
        await self.store.keep_house_settings(user_id, settings)
        return await self.house_of(user_id)

    async def draft_text(self, case_id: int, user_id: int, draft_id: int) -> str:
        """The bare text of a draft of one's own case."""
        await self._case(case_id, user_id)
        for draft in await self.store.drafts_of(case_id):
            if draft.id == draft_id:
                return draft.text
        raise CaseGone

    async def correct(self, case_id: int, user_id: int, speaker: str) -> None:
        """Keep the moderator's own label."""
        await self._case(case_id, user_id)
        await self.store.correct(case_id, user_id, speaker)

    async def forget(self, user_id: int) -> Erased:
        return await self.store.forget(user_id)

    async def close(self) -> None:
        self._thread.shutdown(wait=True)
        await self.store.close()

    async def _case(self, case_id: int, user_id: int) -> Case:
        case = await self.store.case_of(case_id, user_id)
        if case is None:
            raise CaseGone
        return case

    async def _round(self, case_id: int, assessment: Assessment) -> str:
        return round_of(await self.store.thread_of(case_id), assessment)

    async def _draft(
        self,
        user_id: int,
        comment: Comment,
        assessment: Assessment,
        advice: Advice,
        house: House,
        form: str,
        said: Sequence[str],
    ) -> Draft | None:
        last = await self.store.last_draft(user_id)
        # Never the same opening twice in a row for one user, whatever the comment.
        avoid = [*said, *(text for _, text in (last.steps[:1] if last else ()))]
        found = await self._infer(
            lambda: self.models.drafter.draft(Request(comment, assessment, advice, house, form, 1, avoid))
        )
        return found[0] if found else None

    async def _keep(self, consultation: Consultation) -> Consultation:
        draft = consultation.draft
        if draft is None:
            return consultation
        steps = tuple((step.step, step.text) for step in draft.steps)
        new = NewDraft(
            consultation.case_id, consultation.form, draft.text, draft.channel, steps, draft.source, draft.refused
        )
        return replace(consultation, draft_id=await self.store.add_draft(new))

    async def _infer(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def assessment_record(assessment: Assessment) -> dict[str, Any]:
    """JSON-ready, without the signs: those are words of the comment and are kept, and dropped, with its text."""
    record = asdict(assessment)
    del record["signs"]
    return record


def assessment_of(case: Case) -> Assessment:
    """The assessment of a stored case."""
    record: Mapping[str, Any] = case.assessment
    return Assessment(
        **{
            **record,
            "verdicts": tuple(Verdict(**verdict) for verdict in record["verdicts"]),
            "kinds": tuple(record["kinds"]),
            "signs": tuple(Sign(str(text), float(weight)) for text, weight in case.signs or ()),
        }
    )


def round_of(thread: Sequence[int], assessment: Assessment) -> str:
    """Where a talk stands, by the cases in it: two answers back without calming, and it is stuck."""
    if len(thread) == 1:
        return "first"
    return "stuck" if len(thread) > 2 and assessment.tone != "calm" else "second"


def _form(draft: Draft | None, asked: str) -> str:
    return "private" if draft is not None and draft.channel == "private" else asked


def _steps(pairs: Sequence[tuple[str, str]]) -> tuple[StepText, ...]:
    return tuple(StepText(step, text) for step, text in pairs)
