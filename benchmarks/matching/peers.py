"""The peers, each as it is commonly used for few phrasings a label, given the same texts as the matcher.

Every one of them ranks labels by their best phrasing or by its own classes; ties keep the order in which
the labels were learned.
"""

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from benchmarks.matching.ranking import MOST_RANKED, Pair, Ranking
from bot.coach.wording import stem


class TfidfSvc:
    """scikit-learn: TF-IDF of words (1-2) and of letters within words (3-5), then LinearSVC.

    The score is the margin: the distance from the label's own boundary. A hundred times the usual tolerance
    saves a third of the time; on the one part of the content it was tried on, the accuracy was the same.
    """

    def __init__(self) -> None:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._pipeline = make_pipeline(make_union(words, letters), LinearSVC(random_state=0, tol=0.01))

    def fit(self, pairs: Sequence[Pair]) -> None:
        """Learn these, in place of all that was learned before."""
        self._pipeline.fit([text for text, _ in pairs], [label for _, label in pairs])

    def rank(self, text: str) -> Ranking:
        """Rank the labels by their margins."""
        return self.rank_all([text])[0]

    def rank_all(self, texts: Sequence[str]) -> list[Ranking]:
        """Rank the labels for each of these texts by their margins."""
        labels = list(self._pipeline.classes_)
        return [_best(labels, margins) for margins in self._pipeline.decision_function(texts)]


class _NearestPhrasing:
    """A label is as near as the nearest of its phrasings."""

    def __init__(self) -> None:
        self._labels: list[str] = []
        self._owners: NDArray[np.intp] = np.zeros(0, np.intp)

    def _own(self, pairs: Sequence[Pair]) -> None:
        self._labels = list(dict.fromkeys(label for _, label in pairs))
        numbers = {label: number for number, label in enumerate(self._labels)}
        self._owners = np.array([numbers[label] for _, label in pairs], np.intp)

    def _ranked(self, likeness: NDArray[np.float32]) -> Ranking:
        scores = np.zeros(len(self._labels), np.float32)
        np.maximum.at(scores, self._owners, likeness)
        return [entry for entry in _best(self._labels, scores) if entry[1] > 0]


class Bm25(_NearestPhrasing):
    """bm25s with its defaults, every word kept, over stems: the coach's own stemmer serves both."""

    def fit(self, pairs: Sequence[Pair]) -> None:
        """Learn these, in place of all that was learned before."""
        self._own(pairs)
        self._index = bm25s.BM25()
        self._index.index([_stems(text) for text, _ in pairs], show_progress=False)

    def rank(self, text: str) -> Ranking:
        """Rank the labels by the score of their best phrasing."""
        known = [word for word in _stems(text) if word in self._index.vocab_dict]
        return self._ranked(self._index.get_scores(known)) if known else []


class Fuzzy(_NearestPhrasing):
    """rapidfuzz: `token_sort_ratio` over lower case without marks, the best of five ratios tried."""

    def fit(self, pairs: Sequence[Pair]) -> None:
        """Keep these; there is nothing to learn."""
        self._own(pairs)
        self._texts = [default_process(text) for text, _ in pairs]

    def rank(self, text: str) -> Ranking:
        """Rank the labels by the likeness of their best phrasing, from 0 to 100."""
        likeness = process.cdist([default_process(text)], self._texts, scorer=fuzz.token_sort_ratio)
        return self._ranked(likeness[0])


def _stems(text: str) -> list[str]:
    return [stem(word) for word in default_process(text).split()]


def _best(labels: Sequence[str], scores: NDArray[np.floating]) -> Ranking:
    best = np.argsort(-scores, kind="stable")[:MOST_RANKED]
    return [(labels[number], float(scores[number])) for number in best]
