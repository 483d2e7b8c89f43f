"""From an assessment to advice: one small engine over the rules in `prompts/advice.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from models.comment import Assessment, Comment
from models.emergency import emergency_in
from models.house import House
from prompts.rules import Decision, advice_rules
from prompts.texts import text


@dataclass(frozen=True)
class Reason:
    """One piece of advice (`reply` or an action), why, and the section of the training it rests on."""

    about: str
    why: str
    source: str


@dataclass(frozen=True)
class Advice:
    """`audience` is author, readers or none; `channel` public, private or none; `actions` in the order to take them;
    `round` is first, second (the person answered back) or stuck (twice, and nothing moved)."""

    reply: bool
    audience: str
    channel: str
    actions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    round: str = "first"

    @property
    def why(self) -> str:
        """Why to answer or not."""
        return next(reason.why for reason in self.reasons if reason.about == "reply")


# The order in which a moderator does things: first wait, then keep evidence, report, and only then take away.
_ORDER = [
    "emergency",
    "wait",
    "screenshot",
    "report_platform",
    "report_unia",
    "report_mensenrechteninstituut",
    "police",
    "hide",
    "check_facts",
    "warn",
    "complaint_form",
    "answer_in_time",
    "disapprove",
    "close_comments",
    "announce",
    "block",
    "close_after_48h",
    "forward_colleague",
    "monitor",
    "self_care",
]


def facts(assessment: Assessment) -> dict[str, frozenset[str]]:
    """The assessment as facts that conditions are held against."""
    return {
        "speaker": frozenset([assessment.speaker]),
        "tone": frozenset([assessment.tone]),
        "violations": frozenset(assessment.violations),
        "emotion": frozenset([assessment.emotion]),
        "concern": frozenset([assessment.concern]),
        "kinds": frozenset(assessment.kinds),
    }


def advise(comment: Comment, assessment: Assessment, house: House, round: str = "first") -> Advice:
    """Apply every rule; the first that decides about answering wins, actions add up. Acute need goes before all."""
    situation = facts(assessment) | {
        "round": frozenset([round]),
        "style": frozenset([house.style]),
        # What is set of the house, so that nobody is sent to a form that is not there.
        "house": frozenset(name for name, value in vars(house).items() if value),
    }
    decision = None
    reasons: list[Reason] = []
    for rule in advice_rules():
        if not rule.applies(situation):
            continue
        if rule.decide is not None and decision is None:
            decision = rule.decide
            reasons.insert(0, Reason("reply", rule.why, rule.source))
        reasons += [Reason(action, rule.why, rule.source) for action in rule.actions]
    assert decision is not None, "the rules leave no speaker undecided"  # a test reads every combination
    if emergency := emergency_in(comment.text, assessment):
        decision = Decision(reply=True, audience="author", channel="private")
        reasons.insert(0, Reason("reply", emergency.why, text("emergency_source")))
        reasons.append(Reason("emergency", emergency.why, text("emergency_source")))
    if colleague := house.colleagues.get(assessment.concern):
        reasons.append(
            Reason("forward_colleague", text("to_colleague", colleague=colleague), text("to_colleague_source"))
        )
    found = {reason.about for reason in reasons}
    actions = tuple(action for action in _ORDER if action in found)
    return Advice(decision.reply, decision.audience, decision.channel, actions, tuple(reasons), round)
