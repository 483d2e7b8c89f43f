"""Whole model replies: what an experienced trainer would post, each with the comment it was written for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from prompts.phrases import Phrase, phrase_of
from prompts.reading import FOLDER, TextError, as_tuple, labels, read

_TAGS = {"speaker", "tone", "emotion", "concern", "violations", "audience"}


@dataclass(frozen=True)
class ModelReply:
    """`parts` are sentences in order, each a step; `tags` say of what comment it is an answer, and for whom."""

    id: str
    comment: str
    tags: Mapping[str, tuple[str, ...]]
    parts: tuple[Phrase, ...]

    def text(self, address: str) -> str:
        return " ".join(part.text(address) for part in self.parts)


@cache
def model_replies() -> tuple[ModelReply, ...]:
    """All replies of `prompts/replies/*.yaml`, checked."""
    found: dict[str, ModelReply] = {}
    for path in sorted((FOLDER / "replies").glob("*.yaml")):
        name = f"replies/{path.name}"
        for entry in read(name):
            identity = str(entry.get("id", "?"))
            if identity in found:
                raise TextError(f"prompts/{name}: {identity} staat er twee keer in")
            tags = {str(key): as_tuple(value) for key, value in (entry.get("tags") or {}).items()}
            for group in _TAGS:
                values = tags.get("violation" if group == "violations" else group, ())
                if unknown := set(values) - set(labels()[group]):
                    raise TextError(f"prompts/{name}: {identity}: onbekend: {', '.join(sorted(unknown))}")
            parts = tuple(
                phrase_of(name, {"id": f"{identity}-{number}", "tags": {"audience": list(tags["audience"])}, **part})
                for number, part in enumerate(entry["parts"], 1)
            )
            found[identity] = ModelReply(identity, str(entry["comment"]), tags, parts)
    return tuple(found.values())
