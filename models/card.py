"""The model card, written from the run itself, so that it can't drift from the weights beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from models.checkpoint import CheckpointConfig
from models.training import TrainingOptions

_TEXT = """# Model card: Antwoordcoach classifier

Written by `antwoordcoach train`; don't edit by hand.

* **What**: one multi-task encoder (base: `{base}`, weights of 8 bits) with linear heads for speaker, tone,
  violations, emotion, concern and finer hints. Input: a Dutch comment, with post and displayed name when known.
* **For**: helping a person decide how to answer a comment. **Not for**: automatic removal, judging people, anything
  outside comments under an organisation's post.
* **Trained on**: the corpus in `data/corpus` (sha256 `{corpus}`): synthetic, written to the codebook by several
  independent hands. {sizes}. Splits are by writer.
* **Options**: {options}.
* **Calibration on validation writers**: temperature {temperature:.3f}; between {low:.2f} and {high:.2f} of P(troll) the
  answer is "ik weet het niet", so that at most a tenth of the firm verdicts of either kind is wrong.

## Scores on the test writers

Each figure with its 95 % bootstrap interval; the baselines learnt from the same comments.

{table}

## Training

{history}

## Limits

Synthetic comments are not the wild: expect lower figures on a real page, above all with irony, inside jokes, local
names and dialects from outside Flanders. Labels follow one codebook, read by one family of language models. A
moderator decides; the coach never posts or removes anything.
"""


def model_card(
    config: CheckpointConfig,
    options: TrainingOptions,
    sizes: Mapping[str, int],
    history: Sequence[Mapping[str, float]],
    table: str,
) -> str:
    """Markdown."""
    names = list(history[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for epoch in history:
        figures = [f"{epoch[name]:.0f}" if name == "epoch" else f"{epoch[name]:.3f}" for name in names]
        lines.append("| " + " | ".join(figures) + " |")
    return _TEXT.format(
        base=config.base,
        corpus=config.corpus_sha256[:16],
        sizes=", ".join(f"{count} {name}" for name, count in sizes.items()),
        options=", ".join(f"{key} {value}" for key, value in asdict(options).items()),
        temperature=config.temperature,
        low=config.policy.citizen_below,
        high=config.policy.troll_above,
        table=table,
        history="\n".join(lines),
    )
