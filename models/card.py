"""The model card, written from the run itself, so that it can't drift from the weights beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.checkpoint import CheckpointConfig

_TEXT = """# Model card: Antwoordcoach classifier

Written by `antwoordcoach train` or `mix`; don't edit by hand.

* **What**: one multi-task encoder (base: `{base}`, weights of 8 bits) with linear heads for speaker, tone,
  violations, emotion, concern and finer hints. Input: a Dutch comment, with post and displayed name when known.
* **For**: helping a person decide how to answer a comment. **Not for**: automatic removal, judging people, anything
  outside comments under an organisation's post.
* **Trained on**: the corpus in `data/corpus` (sha256 `{corpus}`): synthetic, written to the codebook by several
  independent hands. {sizes}. Splits are by writer.
* **How**: {how}.
* **Calibration on validation writers**: temperature {temperature:.3f}; between {low:.2f} and {high:.2f} of P(troll) the
  answer is "ik weet het niet", so that at most a tenth of the firm verdicts of either kind is wrong.

## Scores on the test writers

Each figure with its 95 % bootstrap interval; the baselines learnt from the same comments.

{table}

{history}## Limits

Synthetic comments are not the wild: expect lower figures on a real page, above all with irony, inside jokes, local
names and dialects from outside Flanders. Labels follow one codebook, read by one family of language models. A
moderator decides; the coach never posts or removes anything.
"""


@dataclass(frozen=True)
class Origin:
    """Where weights come from: the base encoder's name, how they were made, and the scores of each epoch if any."""

    base: str
    how: str
    history: Sequence[Mapping[str, float]]


def model_card(config: CheckpointConfig, origin: Origin, sizes: Mapping[str, int], table: str) -> str:
    """Markdown."""
    return _TEXT.format(
        base=config.base,
        corpus=config.corpus_sha256[:16],
        sizes=", ".join(f"{count} {name}" for name, count in sizes.items()),
        how=origin.how,
        temperature=config.temperature,
        low=config.policy.citizen_below,
        high=config.policy.troll_above,
        table=table,
        history=_history(origin.history),
    )


def _history(epochs: Sequence[Mapping[str, float]]) -> str:
    if not epochs:
        return ""
    names = list(epochs[0])
    lines = ["## Training", "", "| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for epoch in epochs:
        figures = [f"{epoch[name]:.0f}" if name == "epoch" else f"{epoch[name]:.3f}" for name in names]
        lines.append("| " + " | ".join(figures) + " |")
    return "\n".join([*lines, "", ""])
