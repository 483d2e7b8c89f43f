"""Whole replies by a trainer, for comments like the one each was written for."""

from __future__ import annotations

from collections.abc import Collection

from models.comment import Comment
from models.drafting.draft import Draft, StepText
from models.drafting.fitting import SURE_ENOUGH, Situation, gravest, hardness
from models.drafting.ranking import PhraseRanker
from prompts.replies import ModelReply, model_replies

_MOODS = ({"anger", "indignation", "contempt"}, {"fear"}, {"sadness"}, {"powerlessness"}, {"none"})
# A reply to a comment that broke one of these says something about it; other rules are not named in a reply.
_SPOKEN_OF = frozenset(
    {"threat", "hate", "doxxing", "insult", "generalisation", "spam", "advertising", "misinformation"}
)


def whole_replies(
    comment: Comment, situation: Situation, ranker: PhraseRanker, longest: int, avoid: Collection[str]
) -> list[Draft]:
    """Replies on the same subject to the same sort of person in the same mood, the most fitting first."""
    # A model reply speaks of one subject; where the comment names none, sentences are safer.
    if situation.form not in ("public", "short", "plain") or not situation.own_subject or situation.round != "first":
        return []
    fitting = [reply for reply in model_replies() if _fits(reply, situation)]
    address = situation.house.address
    texts = [reply.text(address) for reply in fitting]
    scores = ranker.similarities(comment, [reply.text("jij") for reply in fitting])
    ranked = sorted(zip(scores, fitting, texts, strict=True), key=lambda found: -found[0])
    if situation.form == "plain":
        ranked.sort(key=lambda found: hardness(found[2]))
    return [
        Draft(
            text=text,
            channel="public",
            steps=tuple(StepText(part.step, part.text(address)) for part in reply.parts),
            source=f"modelantwoord: {reply.id}",
        )
        for _, reply, text in ranked
        if len(text.split()) <= longest and not any(part.text(address) in avoid for part in reply.parts)
    ]


def _fits(reply: ModelReply, situation: Situation) -> bool:
    tags, assessment = reply.tags, situation.assessment
    if situation.subject not in tags.get("subject", ()) or assessment.speaker not in tags["speaker"]:
        return False
    if ("readers" in tags["audience"]) != situation.readers:
        return False
    if "voice" in tags and situation.house.voice not in tags["voice"]:
        return False
    rule = gravest(assessment)
    spoken_of = set(tags.get("violation", ())) & _SPOKEN_OF
    if (rule in _SPOKEN_OF or spoken_of) and rule not in spoken_of:
        return False
    if situation.readers or assessment.speaker == "unclear":
        return True
    calm = assessment.tone == "calm"
    if calm != ("calm" in tags["tone"]):
        return False
    if assessment.confidence["emotion"] < SURE_ENOUGH:
        # In doubt about the feeling, a reply that presumes none but anger is the widest.
        return calm or bool({"anger", "indignation"} & set(tags["emotion"]))
    mood = next(mood for mood in _MOODS if assessment.emotion in mood)
    return bool(mood & set(tags["emotion"]))
