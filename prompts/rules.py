"""Advice rules and reply recipes: conditions as data, read from YAML and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.reading import TextError, as_tuple, labels, read

FACTS = ("speaker", "tone", "violations", "emotion", "concern", "kinds", "audience", "round", "style", "house")
Facts = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Condition:
    """Holds when every named fact shares a value with the situation; an empty condition always holds."""

    wanted: Mapping[str, frozenset[str]]

    def holds(self, facts: Facts) -> bool:
        return all(values & facts.get(name, frozenset()) for name, values in self.wanted.items())


@dataclass(frozen=True)
class Decision:
    """Answer or not, for whom, where."""

    reply: bool
    audience: str
    channel: str


@dataclass(frozen=True)
class AdviceRule:
    id: str
    when: Condition
    unless: Condition | None
    decide: Decision | None
    actions: tuple[str, ...]
    why: str
    source: str

    def applies(self, facts: Facts) -> bool:
        excluded = self.unless is not None and any(
            Condition({name: values}).holds(facts) for name, values in self.unless.wanted.items()
        )
        return self.when.holds(facts) and not excluded


@dataclass(frozen=True)
class Slot:
    """One place in a reply: a step, sometimes for phrases of one kind only, sometimes dispensable."""

    step: str
    kind: str | None
    optional: bool


@dataclass(frozen=True)
class Recipe:
    id: str
    when: Condition
    slots: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True)
class Manner:
    """The same reply said otherwise: its slots, and the recipes that they may stand in for."""

    slots: tuple[Slot, ...]
    instead_of: frozenset[str]


@cache
def advice_rules() -> tuple[AdviceRule, ...]:
    """Rules in reading order."""
    return tuple(_rule(entry) for entry in read("advice.yaml")["rules"])


@cache
def recipes() -> tuple[Recipe, ...]:
    """Recipes in reading order; the last one always holds."""
    found = tuple(
        Recipe(
            str(entry["id"]),
            _condition("recipes.yaml", entry.get("when")),
            {form: tuple(_slot(str(text)) for text in entry[form]) for form in ("public", "private", "short")},
        )
        for entry in read("recipes.yaml")["recipes"]
    )
    if not found or found[-1].when.wanted:
        raise TextError("prompts/recipes.yaml: het laatste recept moet altijd passen (when: {})")
    return found


@cache
def manners() -> dict[str, Manner]:
    """By name ("firmer", "warmer")."""
    return {
        str(name): Manner(tuple(_slot(str(text)) for text in entry["slots"]), frozenset(entry["instead_of"]))
        for name, entry in read("recipes.yaml")["manners"].items()
    }


def _rule(entry: Mapping[str, Any]) -> AdviceRule:
    identity = str(entry.get("id", "?"))
    for field in ("why", "source"):
        if not entry.get(field):
            raise TextError(f"prompts/advice.yaml: {identity} mist `{field}`")
    actions = as_tuple(entry.get("actions", []))
    _check("advice.yaml", identity, "actions", actions)
    decide = entry.get("decide")
    unless = entry.get("unless")
    return AdviceRule(
        identity,
        _condition("advice.yaml", entry.get("when")),
        _condition("advice.yaml", unless) if unless else None,
        Decision(bool(decide["reply"]), str(decide["audience"]), str(decide["channel"])) if decide else None,
        actions,
        str(entry["why"]),
        str(entry["source"]),
    )


def _condition(name: str, entry: Mapping[str, Any] | None) -> Condition:
    wanted = {key: frozenset(as_tuple(value)) for key, value in (entry or {}).items()}
    for key, values in wanted.items():
        if key not in FACTS:
            raise TextError(f"prompts/{name}: onbekende voorwaarde `{key}`")
        if key not in ("kinds", "house"):
            _check(name, key, key, values)
    return Condition(wanted)


def _check(name: str, identity: str, group: str, values: Iterable[str]) -> None:
    if unknown := set(values) - set(labels()[group]):
        raise TextError(f"prompts/{name}: {identity}: onbekend: {', '.join(sorted(unknown))}")


def _slot(text: str) -> Slot:
    optional = text.endswith("?")
    step, _, kind = text.removesuffix("?").partition(":")
    _check("recipes.yaml", text, "steps", [step])
    return Slot(step, kind or None, optional)
