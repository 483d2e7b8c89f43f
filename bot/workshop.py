"""Building, training and measuring the model: the commands a maintainer runs. Joins `data` (corpus) to `models`."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.examples import LABELS, parts
from bot.measuring import predictions
from data.corpus import TEST_WRITERS, corpus_sha256, load_corpus, load_groups
from data.corpus.codebook import VIOLATIONS
from models.base.build import build_base, fetch_packed
from models.base.packed import PackedFileError, read_packed
from models.base.vocabulary import build_tokenizer, choose_pieces, load_pieces, read_lines, save_pieces
from models.baselines import probe_baseline, tfidf_baseline
from models.calibration import calibrate
from models.card import Origin, model_card
from models.classifier import Classifier
from models.encoders.reference import snap
from models.example import Example
from models.export import save_checkpoint
from models.groups import GroupSwapper
from models.report import scores, table
from models.training import FloatArray, Trainer, TrainingOptions, base_name, go_on_from, load_base


class WorkshopError(RuntimeError):
    """A building step can't go on; the message says what to do."""


def build_base_checkpoint(packed: Path | None, out: Path, *, full: bool) -> None:
    """`antwoordcoach base build`."""
    with tempfile.TemporaryDirectory() as temporary:
        model = read_packed(_packed(packed, Path(temporary)))
    build_base(model, None if full else load_pieces(), out)


def choose_vocabulary(packed: Path | None, files: Sequence[Path], size: int) -> None:
    """`antwoordcoach base vocabulary`: Dutch texts and our own corpus decide which pieces stay."""
    with tempfile.TemporaryDirectory() as temporary:
        model = read_packed(_packed(packed, Path(temporary)))
    tokenizer = build_tokenizer(list(zip(model.pieces, model.scores, strict=True)))
    # Comments are few beside manuals, but they are what the coach reads: they weigh twenty times.
    own = [text for item in load_corpus() for text in (item.comment, item.post or "", item.author or "")] * 20
    save_pieces(choose_pieces(tokenizer, [*own, *read_lines(files)], model.pieces, size))


def train(
    base: str,
    out: Path,
    options: TrainingOptions,
    *,
    start: Path | None = None,
    leave_out: Sequence[str] = (),
) -> None:
    """`antwoordcoach train`: fine-tune, calibrate, measure against the baselines, write checkpoint and card.

    `start` is a checkpoint of our own to go on from. `leave_out` are the hands to test on instead of the usual ones.
    """
    if unknown := set(leave_out) - {item.writer for item in load_corpus()}:
        raise WorkshopError(f"Deze schrijvers staan niet in het corpus: {', '.join(sorted(unknown))}.")
    examples = parts(leave_out or TEST_WRITERS)
    network, tokenizer = load_base(base, LABELS)
    trainer = Trainer(network, tokenizer, LABELS, options, GroupSwapper(load_groups()))
    frozen = {name: trainer.embed([e.comment for e in examples[name]]) for name in ("train", "test")}
    if start:
        go_on_from(network, start)
    history = trainer.fit(examples["train"], examples["validation"])
    how = ", ".join(f"{key} {value}" for key, value in asdict(options).items())
    _finish(trainer, out, examples, frozen, Origin(base_name(base), how, history))


def mix(base: str, folders: Sequence[Path], out: Path) -> None:
    """`antwoordcoach mix`: the mean of checkpoints that went on from one another, calibrated and measured as one.

    Source: model soups, Wortsman et al. 2022.
    """
    examples = parts()
    network, tokenizer = load_base(base, LABELS)
    trainer = Trainer(network, tokenizer, LABELS, TrainingOptions())
    frozen = {name: trainer.embed([e.comment for e in examples[name]]) for name in ("train", "test")}
    states = []
    for folder in folders:
        go_on_from(network, folder)
        states.append({name: tensor.clone() for name, tensor in network.state_dict().items()})
    network.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    _finish(trainer, out, examples, frozen, Origin(base_name(base), f"the mean of {len(states)} checkpoints", []))


def _finish(
    trainer: Trainer,
    out: Path,
    examples: Mapping[str, Sequence[Example]],
    frozen: Mapping[str, FloatArray],
    origin: Origin,
) -> None:
    """Calibrate on validation, write the checkpoint, measure it on test against the baselines, write its card."""
    # What is calibrated, measured and shipped are the weights on their 8-bit grid.
    snap(trainer.network.encoder)
    held_out = examples["validation"]
    temperature, policy = calibrate(trainer.logits([e.comment for e in held_out], exact=True), held_out, LABELS)
    save_checkpoint(
        out,
        trainer.network,
        trainer.tokenizer,
        labels=LABELS,
        temperature=temperature,
        policy=policy,
        base=origin.base,
        corpus_sha256=corpus_sha256(),
    )
    classifier = Classifier.load(out)

    learnt, test = examples["train"], examples["test"]
    columns = {
        "Antwoordcoach": scores(test, predictions(classifier, test), VIOLATIONS),
        "TF-IDF + LR": scores(test, tfidf_baseline(learnt, test, VIOLATIONS), VIOLATIONS),
        "frozen encoder + LR": scores(
            test, probe_baseline(frozen["train"], frozen["test"], learnt, test, VIOLATIONS), VIOLATIONS
        ),
    }
    sizes = {name: len(found) for name, found in examples.items()}
    card = model_card(classifier.config, origin, sizes, table(columns))
    (out / "README.md").write_text(card, "utf-8")


def _packed(given: Path | None, folder: Path) -> Path:
    try:
        path = given or fetch_packed(folder)
        read_packed(path)
    except subprocess.CalledProcessError as error:
        raise WorkshopError(
            "Het pakket met het basismodel is niet op te halen. Geef een bestand met --packed."
        ) from error
    except (OSError, PackedFileError) as error:
        raise WorkshopError(f"Het basismodel is niet te lezen: {error}") from error
    return path
