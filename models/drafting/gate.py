"""The one gate: it reads every draft, whoever wrote it, before a person sees it.

Our own classifier (does it put somebody down?), the marking network (does it take the steps, does it fall into a
pitfall?), and what can be checked by rule: new facts, leaks, length, language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.classifier import Classifier
from models.coaching.missing import missing_of
from models.comment import Assessment, Comment, Verdict
from models.drafting.composer import most_words, situation_of, slots_of
from models.drafting.draft import Draft
from models.drafting.facts import new_facts
from models.drafting.request import Request
from models.emergency import emergency_in
from models.language import foreign_language
from models.marking.marked import MarkedText, reply_passage
from models.marking.marker import Marker
from prompts.reading import labels

_FORBIDDEN = frozenset({"insult", "generalisation", "hate", "threat"})
# The classifier learnt from comments, not from replies that name a group to stand by it: of 612 good replies it finds a
# rule broken in one in five at its usual thresholds, in one in eighty at this one. A pitfall, too, has to be surer here
# than in a coach's remark: a good draft refused costs more than one remark too many.
_SURE_RULE, _SURE_TONE, _SURE = 0.95, 0.7, 0.85
_PLACEHOLDER = re.compile(r"\[[^\]\n]{1,40}\]|\{[^}\n]{1,40}\}")
_LEAKED_WORDS = 7

# Steps are no fault; a firm sentence for the readers is often taken for a lecture.
_UNSURE = frozenset([*labels()["steps"], "lecture"])


class Gate:
    def __init__(self, classifier: Classifier, marker: Marker) -> None:
        self._classifier, self._marker = classifier, marker

    def refusals(self, drafts: Sequence[Draft], request: Request, secrets: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """By draft, why it may not pass, as short names; empty when it may. `secrets` are texts of which it may repeat
        nothing: the prompt."""
        if not drafts:
            return []
        # An empty draft has nothing to read, and is refused by rule.
        texts = [draft.text or "-" for draft in drafts]
        assessed = self._classifier.assess([Comment(text) for text in texts])
        comment = request.comment
        marked = self._marker.mark("reply", [reply_passage(text, comment.text, comment.post) for text in texts])
        return [
            ("empty",)
            if not draft.text
            else (
                *_by_rule(draft.text, request, secrets),
                *(f"rule:{verdict.name}" for verdict in found.verdicts if _forbidden(verdict)),
                *_by_tone(found),
                *_by_marks(draft, marks, request),
            )
            for draft, found, marks in zip(drafts, assessed, marked, strict=True)
        ]


def _forbidden(verdict: Verdict) -> bool:
    return verdict.name in _FORBIDDEN and verdict.score >= _SURE_RULE


def _by_tone(found: Assessment) -> list[str]:
    unkind = found.tone in ("insulting", "hateful") and found.confidence["tone"] >= _SURE_TONE
    return [f"tone:{found.tone}"] if unkind else []


def _by_rule(text: str, request: Request, secrets: Sequence[str]) -> list[str]:
    words = text.split()
    comment, house = request.comment, request.house
    emergency = emergency_in(comment.text, request.assessment)
    sources = (comment.text, comment.post, *house.facts, *(emergency.reply.values() if emergency else ()))
    found = []
    if len(words) > most_words(request.form):
        found.append("too_long")
    if language := foreign_language(text):
        found.append(f"language:{language}")
    if _PLACEHOLDER.search(text):
        found.append("placeholder")
    if any(_leaks(text, secret) for secret in secrets):
        found.append("prompt")
    if new_facts(text, sources):
        found.append("new_fact")
    if "!" in text or (not house.emoji and any(ord(c) > 0x2600 for c in text)):
        found.append("style")
    return found


def _by_marks(draft: Draft, marks: MarkedText, request: Request) -> list[str]:
    sure = {name for name, p in marks.probabilities.items() if p >= _SURE and name not in _UNSURE}
    found = [f"pitfall:{name}" for name in sorted(sure)]
    if not draft.steps:
        # Whoever does not say which steps it takes is read for those that were asked.
        found += [f"step:{step}" for step in missing_of(slots_of(situation_of(request)), {m.name for m in marks.marks})]
    return found


def _leaks(text: str, secret: str) -> bool:
    """Whether a run of words of the secret stands in the text."""
    words = re.findall(r"\w+", text.lower())
    runs = {tuple(words[start : start + _LEAKED_WORDS]) for start in range(len(words) - _LEAKED_WORDS + 1)}
    hidden = re.findall(r"\w+", secret.lower())
    return any(tuple(hidden[s : s + _LEAKED_WORDS]) in runs for s in range(len(hidden) - _LEAKED_WORDS + 1))
