"""Training and measuring the network behind the draft coach and the post check: what a maintainer runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.fitting_pairs import fitting_pairs
from bot.marked_examples import SCHEMES, marked_parts, single_sentences
from data.labelled import ISSUES, PITFALLS, STEPS, WHOLES, labelled_sha256
from models.checkpoint import WEIGHTS_DIR
from models.drafting.ranking import PHRASES_FILE, PhraseRanker
from models.encoders.reference import snap
from models.marking.evaluation import MarkScores, fit_ranks, fit_thresholds, mark_scores
from models.marking.example import MarkedExample
from models.marking.export import save_marking
from models.marking.marked import MarkedText
from models.marking.marker import Marker
from models.marking.scheme import Scheme
from models.marking.training import MarkingOptions, MarkTrainer, start_from
from prompts.phrases import phrase_bank
from prompts.replies import model_replies

_PARTS = {"reply": {"steps": STEPS, "pitfalls": PITFALLS}, "post": {"issues": ISSUES, "whole": WHOLES}}


def train_marking(out: Path, options: MarkingOptions, start: Path = WEIGHTS_DIR) -> None:
    """`antwoordcoach train-marking`: go on from the classifier's encoder, or from marking weights of our own.

    Thresholds come from the validation hands, the card's figures from the test hands.
    """
    network, tokenizer, base = start_from(start, SCHEMES)
    parts = marked_parts()
    train = {name: [*examples, *single_sentences(examples)] for name, examples in parts["train"].items()}
    MarkTrainer(network, tokenizer, SCHEMES, options).fit(train, fitting_pairs("train"))
    # What is calibrated, measured and shipped are the weights on their 8-bit grid.
    snap(network.encoder)

    def save(schemes: Mapping[str, Scheme]) -> Marker:
        save_marking(out, network, tokenizer, schemes, base=base, corpus_sha256=labelled_sha256())
        return Marker.load(out)

    marker = save(SCHEMES)
    held_out = parts["validation"]
    fitted = {
        name: fit_thresholds(scheme, held_out[name], _marked(marker, name, held_out[name]))
        for name, scheme in SCHEMES.items()
    }
    marker = save(fitted)
    index_phrases(marker, out)
    how = ", ".join(f"{key} {value}" for key, value in asdict(options).items())
    sizes = "; ".join(f"{split}: {len(p['reply'])} replies, {len(p['post'])} posts" for split, p in parts.items())
    (out / "README.md").write_text(
        f"# Model card: marks in replies and posts\n\nTrained with `antwoordcoach train-marking` ({how}) from the "
        f"classifier's encoder, on {sizes}. Hands of one split never stand in another.\n\n"
        f"{marking_table(marker, 'test')}\n",
        encoding="utf-8",
    )


def index_phrases(marker: Marker, folder: Path) -> None:
    """`antwoordcoach phrases`: store the vectors of all phrases and model replies beside the weights, so that a start
    needs none."""
    ranker = PhraseRanker(marker)
    ranker.prepare([*(phrase.jij for phrase in phrase_bank()), *(reply.text("jij") for reply in model_replies())])
    ranker.store(folder / PHRASES_FILE)


def marking_table(marker: Marker, split: str) -> str:
    """Figures on one split, as Markdown."""
    examples = marked_parts()[split]
    lines = [
        "| what | texts | names, micro-F1 | words of right names | level within 1 | texts without any left alone |",
        "|---|---|---|---|---|---|",
    ]
    details = []
    for scheme, groups in _PARTS.items():
        found = _marked(marker, scheme, examples[scheme])
        for what, names in groups.items():
            scores = mark_scores(names, examples[scheme], found)
            lines.append(
                f"| {what} | {len(found)} | {scores.names} | {scores.spans:.3f} | {scores.within_one} | "
                f"{scores.clean_left_alone} |"
            )
            details.append(_by_name(what, scores))
    pairs = fitting_pairs(split)
    rank = fit_ranks(pairs, marker.embed([p.comment for p in pairs]), marker.embed([p.sentence for p in pairs]))
    details.append(f"fitting sentences: mean reciprocal rank {rank:.3f} over {len(pairs)} pairs")
    return "\n".join([*lines, "", *details])


def _by_name(what: str, scores: MarkScores) -> str:
    return f"{what}: " + ", ".join(f"{name} {f1:.2f} of {count}" for name, (f1, count) in scores.by_name.items())


def _marked(marker: Marker, scheme: str, examples: Sequence[MarkedExample]) -> list[MarkedText]:
    return marker.mark(scheme, [example.passage for example in examples])
