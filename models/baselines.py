"""Two baselines on the same split: character n-grams with logistic regression, and a probe on the frozen encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.example import Example
from models.report import Predictions

SINGLE = ("tone", "emotion", "concern")


def tfidf_baseline(train: Sequence[Example], test: Sequence[Example], violations: Sequence[str]) -> Predictions:
    """Character 2- to 5-grams within words, as in the shared tasks on abusive language."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    known = vectorizer.fit_transform([example.comment.text for example in train])
    unknown = vectorizer.transform([example.comment.text for example in test])
    return _predict(known, unknown, train, test, violations, lambda: LogisticRegression(C=10, max_iter=1000))


def probe_baseline(
    known: NDArray[np.float64],
    unknown: NDArray[np.float64],
    train: Sequence[Example],
    test: Sequence[Example],
    violations: Sequence[str],
) -> Predictions:
    """Logistic regression on the vectors (items, hidden) of the encoder before fine-tuning."""
    return _predict(
        known,
        unknown,
        train,
        test,
        violations,
        lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=1000)),
    )


def _predict(
    known: Any,
    unknown: Any,
    train: Sequence[Example],
    test: Sequence[Example],
    violations: Sequence[str],
    model: Callable[[], Any],
) -> Predictions:
    firm = [row for row, example in enumerate(train) if example.speaker != "unclear"]
    speaker = model().fit(known[firm], [train[row].speaker == "troll" for row in firm])
    single = {
        task: [str(label) for label in model().fit(known, [getattr(e, task) for e in train]).predict(unknown)]
        for task in SINGLE
    }
    held = np.zeros((len(test), len(violations)), dtype=bool)
    for column, name in enumerate(violations):
        truth = [name in example.violations for example in train]
        if any(truth):
            held[:, column] = model().fit(known, truth).predict_proba(unknown)[:, 1] > 0.4
    return Predictions(speaker.predict_proba(unknown)[:, 1], None, held, single)
