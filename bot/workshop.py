"""Building, training and measuring the model: the commands a maintainer runs. Joins `data` (corpus) to `models`."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
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
from models.card import model_card
from models.classifier import Classifier
from models.drafting.ranking import PHRASES_FILE, PhraseRanker
from models.encoders.reference import snap
from models.export import save_checkpoint
from models.groups import GroupSwapper
from models.report import scores, table
from models.training import Trainer, TrainingOptions, base_name, go_on_from, load_base
from prompts.phrases import phrase_bank


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

    # What is calibrated, measured and shipped are the weights on their 8-bit grid.
    snap(network.encoder)
    held_out = examples["validation"]
    temperature, policy = calibrate(trainer.logits([e.comment for e in held_out], exact=True), held_out, LABELS)
    save_checkpoint(
        out,
        network,
        tokenizer,
        labels=LABELS,
        temperature=temperature,
        policy=policy,
        base=base_name(base),
        corpus_sha256=corpus_sha256(),
    )
    classifier = Classifier.load(out)
    index_phrases(classifier, out)

    learnt, test = examples["train"], examples["test"]
    columns = {
        "Antwoordcoach": scores(test, predictions(classifier, test), VIOLATIONS),
        "TF-IDF + LR": scores(test, tfidf_baseline(learnt, test, VIOLATIONS), VIOLATIONS),
        "frozen encoder + LR": scores(
            test, probe_baseline(frozen["train"], frozen["test"], learnt, test, VIOLATIONS), VIOLATIONS
        ),
    }
    sizes = {name: len(found) for name, found in examples.items()}
    (out / "README.md").write_text(model_card(classifier.config, options, sizes, history, table(columns)), "utf-8")


def index_phrases(classifier: Classifier, folder: Path) -> None:
    """`antwoordcoach phrases`: store the vectors of the whole bank beside the weights, so that a start needs none."""
    ranker = PhraseRanker(classifier)
    ranker.prepare(phrase_bank())
    ranker.store(folder / PHRASES_FILE)


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
