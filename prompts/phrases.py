"""The phrase bank: sentences a draft is built from, each with the situations it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from prompts.reading import FOLDER, TextError, as_tuple, labels, read

TAGS = ("emotion", "concern", "tone", "violation", "kind", "audience", "channel", "needs", "voice", "subject")


@dataclass(frozen=True)
class Phrase:
    """`jij` and `u` are the same sentence for the two forms of address; alike when it addresses nobody.

    `tags` restrict: a phrase tagged `concern: [mobility]` is for mobility alone, one without is for every concern.
    """

    id: str
    step: str
    jij: str
    u: str
    tags: Mapping[str, tuple[str, ...]]

    def text(self, address: str) -> str:
        return self.u if address == "u" else self.jij


@cache
def phrase_bank() -> tuple[Phrase, ...]:
    """All phrases of `prompts/phrases/*.yaml`, checked."""
    found: dict[str, Phrase] = {}
    for path in sorted((FOLDER / "phrases").glob("*.yaml")):
        name = f"phrases/{path.name}"
        for entry in read(name):
            phrase = phrase_of(name, entry)
            if phrase.id in found:
                raise TextError(f"prompts/{name}: {phrase.id} staat er twee keer in")
            found[phrase.id] = phrase
    return tuple(found.values())


def phrase_of(name: str, entry: Mapping[str, object]) -> Phrase:
    identity = str(entry.get("id", "?"))
    both = entry.get("text")
    jij, u = entry.get("jij", both), entry.get("u", both)
    if not isinstance(jij, str) or not isinstance(u, str):
        raise TextError(f"prompts/{name}: {identity} heeft `text` nodig, of `jij` en `u`")
    if entry.get("step") not in labels()["steps"]:
        raise TextError(f"prompts/{name}: {identity} heeft een onbekende stap")
    raw = entry.get("tags") or {}
    if not isinstance(raw, Mapping) or set(raw) - set(TAGS):
        raise TextError(f"prompts/{name}: {identity} heeft onbekende tags")
    tags = {key: as_tuple(value) for key, value in raw.items()}
    tags.setdefault("audience", ("author",))
    return Phrase(identity, str(entry["step"]), jij, u, tags)
