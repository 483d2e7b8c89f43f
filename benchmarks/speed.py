"""How long one comment takes, how many a second in batches, how much memory, how long until the first answer.

    python benchmarks/speed.py

Figures are of this machine at this moment; compare ratios within one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

ROUNDS = 60


def percentiles(work: Callable[[int], object]) -> str:
    """p50 and p95 in milliseconds over different comments, after a warm-up."""
    times = []
    for number in range(ROUNDS + 5):
        start = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - start))
    cuts = statistics.quantiles(times[5:], n=20)
    return f"p50 {statistics.median(times[5:]):.1f} ms, p95 {cuts[18]:.1f} ms"


def main() -> None:
    from bot.running import build_composer
    from data.corpus import load_corpus, split_of
    from models.advice import advise
    from models.classifier import Classifier
    from models.comment import Comment
    from models.house import House

    items = [item for item in load_corpus() if split_of(item.writer) == "test"]
    comments = [Comment(item.comment, item.post, item.author) for item in items[: 5 * ROUNDS]]
    classifier, house = Classifier.load(), House()
    composer = build_composer(classifier)
    process = psutil.Process()
    print(f"memory at rest: {process.memory_info().rss / 2**20:.0f} MiB")

    def whole(number: int) -> None:
        comment = comments[number]
        (assessment,) = classifier.assess([comment])
        advice = advise(assessment, house)
        composer.draft(comment, assessment, advice, house, count=1)

    print("verdict alone:", percentiles(lambda n: classifier.assess([comments[n]], signs=False)))
    print("assess (verdict and signs):", percentiles(lambda n: classifier.assess([comments[n]])))
    print("assess + advise + draft:", percentiles(whole))
    for signs in (False, True):
        start = time.perf_counter()
        classifier.assess(comments[:256], signs=signs)
        rate = 256 / (time.perf_counter() - start)
        print(f"batches of {classifier.batch_size}, signs {'on' if signs else 'off'}: {rate:.0f} comments/s")
    print(f"memory after: {process.memory_info().rss / 2**20:.0f} MiB")

    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "assess", "Schandalig wat jullie hier doen"],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parent.parent,
    )
    print(f"cold start to first answer: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
