"""Building, training and measuring the model: the commands a maintainer runs. Joins `data` (corpus) to `models`."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.corpus import CorpusItem, corpus_sha256, load_corpus, split_of
from data.corpus.codebook import CONCERNS, EMOTIONS, HINTS, TONES, VIOLATIONS
from data.functional import load_functional
from models.base.build import build_base, fetch_packed
from models.base.packed import PackedFileError, read_packed
from models.base.vocabulary import build_tokenizer, choose_pieces, load_pieces, read_lines, save_pieces
from models.baselines import probe_baseline, tfidf_baseline
from models.calibration import calibrate
from models.card import model_card
from models.checkpoint import save_checkpoint
from models.classifier import Classifier
from models.comment import Comment
from models.drafting.ranking import PHRASES_FILE, PhraseRanker
from models.example import Example
from models.report import Predictions, scores, table
from models.training import Trainer, TrainingOptions, base_name, load_base
from prompts.phrases import phrase_bank

LABELS = {
    # Two answers on purpose: "unclear" is what the policy says when neither is probable enough.
    "speaker": ["citizen", "troll"],
    "tone": list(TONES),
    "violations": list(VIOLATIONS),
    "emotion": list(EMOTIONS),
    "concern": list(CONCERNS),
    "kinds": list(HINTS),
}


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


def train(base: str, out: Path, *, epochs: int, seed: int) -> None:
    """`antwoordcoach train`: fine-tune, calibrate, measure against the baselines, write checkpoint and card."""
    parts = _parts()
    options = TrainingOptions(epochs=epochs, seed=seed)
    network, tokenizer = load_base(base, LABELS)
    trainer = Trainer(network, tokenizer, LABELS, options)
    frozen = {name: trainer.embed([e.comment for e in parts[name]]) for name in ("train", "test")}
    history = trainer.fit(parts["train"], parts["validation"])

    temperature, policy = calibrate(trainer, parts["validation"], VIOLATIONS)
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

    learnt, test = parts["train"], parts["test"]
    columns = {
        "Antwoordcoach": scores(test, predictions(classifier, test), VIOLATIONS),
        "TF-IDF + LR": scores(test, tfidf_baseline(learnt, test, VIOLATIONS), VIOLATIONS),
        "frozen encoder + LR": scores(
            test, probe_baseline(frozen["train"], frozen["test"], learnt, test, VIOLATIONS), VIOLATIONS
        ),
    }
    sizes = {name: len(examples) for name, examples in parts.items()}
    (out / "README.md").write_text(model_card(classifier.config, options, sizes, history, table(columns)), "utf-8")


def index_phrases(classifier: Classifier, folder: Path) -> None:
    """`antwoordcoach phrases`: store the vectors of the whole bank beside the weights, so that a start needs none."""
    ranker = PhraseRanker(classifier)
    ranker.prepare(phrase_bank())
    ranker.store(folder / PHRASES_FILE)


def evaluate(split: str) -> str:
    """`antwoordcoach evaluate`: the shipped model on one split, as a Markdown table."""
    examples = _parts()[split]
    return table({f"Antwoordcoach, {split}": scores(examples, predictions(Classifier.load(), examples), VIOLATIONS)})


def evaluate_functional(weights: Path | None = None) -> str:
    """`antwoordcoach evaluate --functional`: the share of cases with the expected behaviour, per cell."""
    passed = functional_results(Classifier.load(weights) if weights else Classifier.load())
    lines = ["| cell | cases | as expected |", "|---|---|---|"]
    lines += [f"| {cell} | {len(found)} | {np.mean(found):.2f} |" for cell, found in passed.items()]
    every = [result for found in passed.values() for result in found]
    return "\n".join([*lines, f"| all | {len(every)} | {np.mean(every):.3f} |"])


def functional_results(classifier: Classifier) -> dict[str, list[bool]]:
    """For each cell, whether each case went as expected."""
    cases = load_functional()
    found = classifier.assess([Comment(case.comment, case.post) for case in cases], signs=False)
    passed: dict[str, list[bool]] = {}
    for case, assessment in zip(cases, found, strict=True):
        passed.setdefault(case.cell, []).append(case.passes(assessment.speaker, assessment.tone, assessment.violations))
    return passed


def predictions(classifier: Classifier, examples: Sequence[Example]) -> Predictions:
    """The classifier's own answers, through the same door as everybody's."""
    assessments = classifier.assess([example.comment for example in examples], signs=False)
    return Predictions(
        troll=np.array([a.probabilities["troll"] for a in assessments]),
        speaker=[a.speaker for a in assessments],
        violations=np.array([[verdict.holds for verdict in a.verdicts] for a in assessments]),
        single={task: [getattr(a, task) for a in assessments] for task in ("tone", "emotion", "concern")},
    )


def _parts() -> dict[str, list[Example]]:
    parts: dict[str, list[Example]] = {"train": [], "validation": [], "test": []}
    for item in load_corpus():
        parts[split_of(item.writer)].append(_example(item))
    return parts


def _example(item: CorpusItem) -> Example:
    comment = Comment(item.comment, item.post, item.author)
    return Example(comment, item.speaker, item.tone, item.violations, item.emotion, item.concern, item.kinds)


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
