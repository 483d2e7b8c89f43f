"""How long one comment takes, how many a second in batches, how much memory, how long until the first answer.

    python benchmarks/speed.py

Three ways over the same comments in one run, in alternating rounds: a transformers `pipeline` on the same weights,
plain PyTorch (the reference), and what is served. Then the decisions in which what is served differs from the
reference. Figures are of this machine at this moment; compare ratios within one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.loading import assemble  # noqa: E402
from data.corpus import load_corpus, split_of  # noqa: E402
from data.functional import load_functional  # noqa: E402
from data.labelled import load_replies  # noqa: E402
from models.advice import advise  # noqa: E402
from models.checkpoint import WEIGHTS_DIR, load_checkpoint  # noqa: E402
from models.classifier import Classifier  # noqa: E402
from models.coaching.coach import OwnReply  # noqa: E402
from models.comment import Assessment, Comment  # noqa: E402
from models.drafting.request import Request  # noqa: E402
from models.encoding import encode  # noqa: E402
from models.house import House  # noqa: E402
from models.marking.marker import Marker  # noqa: E402

ROUNDS = 40
DECISIONS: Mapping[str, Callable[[Assessment], object]] = {
    "speaker": lambda a: a.speaker,
    "rules broken": lambda a: set(a.violations),
    "tone": lambda a: a.tone,
    "emotion": lambda a: a.emotion,
    "concern": lambda a: a.concern,
}
COLD = """
import time, sys
start = time.perf_counter()
from models.classifier import Classifier
from models.comment import Comment
Classifier.load(reference=%s).assess([Comment("Schandalig wat jullie hier doen")])
took = time.perf_counter() - start
import psutil
print(f"{took:.2f} s, {psutil.Process().memory_info().rss / 2**20:.0f} MiB")
"""


def main() -> None:
    items = [item for item in load_corpus() if split_of(item.writer) != "train"]
    held_out = [Comment(item.comment, item.post, item.author) for item in items]
    held_out += [Comment(case.comment, case.post) for case in load_functional()]
    served, reference = Classifier.load(), Classifier.load(reference=True)
    pipeline = build_pipeline()

    # About 32 pieces each, all different; without post or name, which the pipeline can't read.
    short = [Comment(c.text) for c in held_out if 27 <= pieces(served, c) <= 37][:256]
    texts = [comment.text for comment in short]
    single = medians(
        {
            "pipeline": lambda: [pipeline(text) for text in texts[:16]],
            "reference": lambda: [reference.assess([comment]) for comment in short[:16]],
            "served": lambda: [served.assess([comment]) for comment in short[:16]],
        },
        ROUNDS // 4,
    )
    show("one comment of 32 pieces, ms", {name: 1000 * seconds / 16 for name, seconds in single.items()}, single)
    many = medians(
        {
            "pipeline": lambda: pipeline(texts, batch_size=32),
            "reference": lambda: reference.assess(short),
            "served": lambda: served.assess(short),
        },
        3,
    )
    show("batches of 32, comments/s", {name: len(short) / seconds for name, seconds in many.items()}, many)

    house, models = House(), assemble(served, Marker.load())
    comments = held_out[:200]
    replies = [text for text in load_replies() if text.split == "test"][:200]

    def whole(number: int) -> None:
        (assessment,) = served.assess([comments[number]])
        comment = comments[number]
        models.drafter.draft(Request(comment, assessment, advise(comment, assessment, house), house, count=1))

    def coached(number: int) -> None:
        comment = Comment(replies[number].comment or "", replies[number].post)
        (assessment,) = served.assess([comment])
        own = OwnReply(comment, assessment, advise(comment, assessment, house), replies[number].text)
        models.draft_coach.read([own], house)

    print("held-out comment with post and name: assess", spread(lambda n: served.assess([comments[n]])))
    print("the same, with advice, draft and gate:", spread(whole))
    print("an own reply, with its comment, read and rewritten:", spread(coached))
    print("in batches of 32:", f"{len(held_out) / seconds_of(lambda: served.assess(held_out)):.0f} comments/s")
    differences(served, reference, held_out)

    for name, plain in (("served", False), ("reference", True)):
        for start in ("first", "second"):
            done = subprocess.run(
                [sys.executable, "-c", COLD % plain], check=True, capture_output=True, cwd=ROOT, text=True
            )
            print(f"cold start to the first answer, {name}, {start} time: {done.stdout.strip()}")
    size = sum(path.stat().st_size for path in WEIGHTS_DIR.rglob("*") if path.is_file())
    print(f"shipped files: {size / 1e6:.1f} MB")


def build_pipeline() -> Callable[..., object]:
    """A plain transformers pipeline over the same encoder; its two-class head is random, which costs the same."""
    from transformers import AutoConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    checkpoint = load_checkpoint(reference=True)
    values = dict(checkpoint.config.encoder)
    model = BertForSequenceClassification(AutoConfig.for_model(values.pop("model_type"), **values)).eval()
    model.bert.load_state_dict(checkpoint.encoder.module.state_dict(), strict=False)  # type: ignore[attr-defined]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=checkpoint.tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )
    return pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu")


def pieces(classifier: Classifier, comment: Comment) -> int:
    return len(encode(classifier._tokenizer, [Comment(comment.text)])[0])


def differences(served: Classifier, reference: Classifier, comments: list[Comment]) -> None:
    """Decisions that differ, and how far probabilities move."""
    pairs = list(zip(served.assess(comments), reference.assess(comments), strict=True))
    for name, decide in DECISIONS.items():
        count = sum(decide(a) != decide(b) for a, b in pairs)
        print(f"differs from float32, {name}: {count} of {len(pairs)} ({100 * count / len(pairs):.2f} %)")
    moved = sorted(abs(a.probabilities["troll"] - b.probabilities["troll"]) for a, b in pairs)
    most = moved[len(moved) * 99 // 100]
    print(f"P(troll) moves by {statistics.mean(moved):.4f} on average, 99 of 100 by less than {most:.3f}")


def medians(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds, alternating so that noise falls on all alike; the first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, work in ways.items():
            times[name].append(seconds_of(work))
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(work: Callable[[int], object]) -> str:
    """p50 and p95 in milliseconds over different comments, after a warm-up."""
    times = [1000 * seconds_of(partial(work, number)) for number in range(ROUNDS + 5)][5:]
    return f"p50 {statistics.median(times):.1f} ms, p95 {statistics.quantiles(times, n=20)[18]:.1f} ms"


def show(what: str, figures: Mapping[str, float], seconds: Mapping[str, float]) -> None:
    ways = ", ".join(
        f"{name} {figure:.1f} (x{seconds['pipeline'] / seconds[name]:.1f})" for name, figure in figures.items()
    )
    print(f"{what}: {ways}")


if __name__ == "__main__":
    main()
