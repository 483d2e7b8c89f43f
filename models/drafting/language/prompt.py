"""What a language model is told. The comment and the post are masked, and fenced as data that orders nothing."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from models.comment import Comment
from models.drafting.composer import most_words, slots_of
from models.drafting.fitting import Situation
from models.masking import mask
from prompts.reading import FOLDER, labels


@dataclass(frozen=True)
class Prompt:
    system: str
    user: str

    @property
    def messages(self) -> list[dict[str, str]]:
        """As chat models take it."""
        return [{"role": "system", "content": self.system}, {"role": "user", "content": self.user}]


def prompt_for(comment: Comment, situation: Situation, avoid: Collection[str]) -> Prompt:
    """Everything that leaves the process, and no more: names and contact data are masked."""
    # Nobody who writes a comment can know the fence, and so none can close it.
    fence = secrets.token_hex(6)
    steps = [labels()["steps"][slot.step] for slot in slots_of(situation)]
    values = {
        "house": situation.house,
        "facts": [fact for fact in situation.house.facts if fact],
        "form": situation.form,
        "readers": situation.readers,
        "most_words": most_words(situation.form),
        "steps": list(dict.fromkeys(steps)),
        "fence": fence,
        "comment": mask(comment.text),
        "post": mask(comment.post) if comment.post else "",
        "avoid": sorted(avoid),
    }
    return Prompt(_template("system").render(values), _template("user").render(values))


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.jinja")


@cache
def _environment() -> SandboxedEnvironment:
    # Text for a model, not a page: there is no markup to escape.
    return SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER / "drafting"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
