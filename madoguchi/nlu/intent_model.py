"""What tells the kinds of question apart: linear machines over a text's features, and a second look where they doubt.

The second look takes the text for what its writer may have meant (guesses) and asks an encoder what that is like.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from madoguchi.nlu import encoder
from madoguchi.nlu.calibration import as_sure_as_right, factors, probabilities
from madoguchi.nlu.families import folds
from madoguchi.nlu.features import BLOCKS, Features, features
from madoguchi.nlu.guesses import Guess, guesses
from madoguchi.nlu.machines import fit_all
from madoguchi.nlu.opinion import SecondOpinion
from madoguchi.nlu.processes import started
from madoguchi.nlu.restoring import Restorer
from madoguchi.nlu.variants import variants
from madoguchi.nlu.vectors import SIZE, word_vectors

Array: TypeAlias = npt.NDArray[Any]

_VARIANT = 0.5  # what a variant of an example counts beside it
_FEW = 1_000  # examples that are encoded before another process has started


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model is fitted; chosen by cross-validation, docs/adr/0003, 0005 and 0006."""

    regularization: float = 0.25  # inverse strength C of the machines
    rare: int = 2  # features of fewer examples are left out
    vectors: float = 1.5  # the length of the word vectors' block beside the others' 1, 0 for none
    directions: int = 128  # of the word vectors' space in which the machines learn: those in which examples differ most
    unsure: float = 0.7  # the confidence below which a second look is taken, 0 for never
    slips: int = 36  # letters of an example's variants with a slip, beside those in kana or without particles or signs
    most: int = 6_000  # examples up to which variants are learned and texts restored; more have enough forms themselves
    folds: int = 3  # the parts of the examples of which one is held back for calibration


@dataclass(frozen=True, slots=True)
class Scale:
    """The factors that make logits of scores."""

    alone: float = 1.0  # on the machines' margins, to tell whether they are unsure
    unsure: float = 0.0  # the confidence by `alone` below which a second look is taken
    sure: float = 1.0  # on the margins where they are not
    first: float = 1.0  # on the margins where they are
    second: float = 1.0  # and on the second opinion's scores there


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is asked where the machines are unsure."""

    restorer: Restorer | None  # None where there were so many examples that no variants were learned
    opinion: SecondOpinion

    @classmethod
    def fit(cls, texts: list[str], meanings: Array, truth: Array, *, intents: int, restores: bool) -> SecondLook:
        """From texts, their sentence vectors (texts, size) and the numbers of their intents (texts,)."""
        restorer = Restorer.fit(texts) if restores else None
        return cls(restorer, SecondOpinion.fit(meanings, truth, intents=intents))

    def guesses(self, text: str) -> list[Guess]:
        """What the writer of `text` may have meant."""
        return [Guess(text, 1.0)] if self.restorer is None else guesses(text, self.restorer)

    def at(self, guessed: list[list[Guess]], margins: Callable[[list[Features]], Array]) -> tuple[Array, Array]:
        """What the machines and the opinion say of texts after the guesses at each: (texts, intents) both.

        `margins` are the machines'.
        """
        texts = [guess.text for found in guessed for guess in found]
        shares = np.array([guess.share for found in guessed for guess in found])[:, None]
        begins = np.cumsum([0, *(len(found) for found in guessed[:-1])])
        read = [features(text) for text in texts]
        scores = self.opinion.scores(encoder.sentence_vectors([text.text for text in read]))
        return np.add.reduceat(shares * margins(read), begins), np.add.reduceat(shares * scores, begins)


class IntentModel:
    """Weights of the features, for every intent. Written without pickle: JSON and NumPy arrays."""

    def __init__(
        self,
        *,
        intents: list[str],
        known: list[str],
        rarity: Array,
        unseen: float,
        weights: Array,
        bias: Array,
        scale: Scale,
        second: SecondLook | None,
    ) -> None:
        self.intents = intents
        self.known = known  # each row's block and feature
        self._places: dict[str, dict[str, int]] = {block: {} for block in BLOCKS}
        for row, name in enumerate(known):
            self._places[name[0]][name[1:]] = row
        self.rarity = rarity  # (features,)
        self.unseen = unseen  # rarity of a word that no example has, or too few
        self.weights = weights  # (features + vector, intents); without a vector (features, intents)
        self.bias = bias  # (intents,)
        self.scale = scale
        self.second = second

    @classmethod
    def fit(cls, pairs: list[tuple[str, str]], settings: Settings) -> IntentModel:
        """The model of (text, intent) pairs, of two intents at least."""
        intents = sorted({intent for _, intent in pairs})
        numbers = {name: number for number, name in enumerate(intents)}
        truth = np.array([numbers[intent] for _, intent in pairs])
        examples = [features(text) for text, _ in pairs]
        encoded = started(
            encoder.sentence_vectors,
            [([text.text for text in examples],)] if settings.unsure else [],
            long=len(pairs) >= _FEW,
        )
        writings = _writings([text for text, _ in pairs], examples, settings)
        spread = _spread(writings)
        known = sorted(name for name, count in spread.items() if count >= min(settings.rare, len(pairs)))
        model = cls(
            intents=intents,
            known=known,
            rarity=np.log((1 + len(pairs)) / (1 + np.array([spread[name] for name in known]))) + 1,
            unseen=float(np.log(1 + len(pairs)) + 1),
            weights=np.empty((len(known) + (SIZE if settings.vectors else 0), len(intents))),
            bias=np.empty(0),
            scale=Scale(),
            second=None,
        )
        matrix = model.matrix([text for texts in writings for text in texts], vectors=settings.vectors)
        origins = np.repeat(np.arange(len(pairs)), [len(texts) for texts in writings])
        own = np.diff(origins, prepend=-1) > 0  # whether a row is an example itself, no variant
        split = _split([text for text, _ in pairs], truth, parts=settings.folds)
        everything = np.arange(len(pairs))
        (weights, bias), *others = _machines(
            [everything, *([split[0]] if split else [])],
            matrix,
            len(known),
            origins,
            own,
            truth,
            settings,
        )
        meanings = next(encoded, None)
        if split:
            model.scale = _scale(model, examples, matrix[own], truth, meanings, _Part(*split, *others[0]), settings)
        # A feature's weights side by side in memory: a message takes some two hundred rows out of sixty thousand
        model.weights, model.bias = np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32)
        model.weights[len(known) :] *= settings.vectors  # so that a message's mean needs no factor
        if meanings is not None:
            model.second = SecondLook.fit(
                [text.text for text in examples],
                meanings,
                truth,
                intents=len(intents),
                restores=len(pairs) <= settings.most,
            )
        return model

    def matrix(self, read: list[Features], *, vectors: float) -> csr_matrix:
        """A row for each text: its known features, and behind them the mean of its words' vectors."""
        places, values, ends = self.vectors(read)
        matrix = csr_matrix((values, places, ends), shape=(len(read), len(self.known)))
        if vectors:
            matrix = hstack([matrix, vectors * np.array([self.mean(text) for text in read])]).tocsr()
        return matrix

    def vectors(self, read: list[Features]) -> tuple[Array, Array, Array]:
        """Places and TF-IDF values of the known features, each block of length one, and where each text's begin.

        As a compressed sparse matrix has them: the last number is where the last text's end.
        """
        places: list[int] = []
        counts: list[int] = []
        blocks: list[int] = []  # where each text's each block begins that has any
        begins = [0]
        for text in read:
            for block in BLOCKS:
                begin, rows = len(places), self._places[block]
                for name, count in text.counts[block].items():
                    if name in rows:
                        places.append(rows[name])
                        counts.append(count)
                if len(places) > begin:
                    blocks.append(begin)
            begins.append(len(places))
        if not places:
            return np.empty(0, dtype=np.int32), np.empty(0), np.array(begins)
        values = (1 + np.log(counts)) * self.rarity[places]
        lengths = np.sqrt(np.add.reduceat(values**2, blocks))
        values /= np.repeat(lengths, np.diff([*blocks, len(places)]))
        return np.array(places, dtype=np.int32), values, np.array(begins)

    def mean(self, text: Features) -> Array:
        """The direction of the text's word vectors, rare words counting more; zeros where no word has one."""
        known = word_vectors()
        weighted = []
        for lemma, surface in text.words:
            row = known.row(lemma)
            row = known.row(surface) if row is None else row
            if row is not None:
                place = self._places["w"].get(lemma.lower())
                weighted.append((row, self.unseen if place is None else float(self.rarity[place])))
        return known.mean(weighted)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Every intent with its probability, best first."""
        read = features(text)
        margins = self._margins(read)
        if self.second is None or probabilities(self.scale.alone * margins).max() >= self.scale.unsure:
            shares = probabilities(self.scale.sure * margins)
        else:
            (margins,), (scores,) = self.second.at(
                [self.second.guesses(read.text)], lambda meant: np.array([self._margins(text) for text in meant])
            )
            shares = probabilities(self.scale.first * margins + self.scale.second * scores)
        return [(self.intents[i], float(shares[i])) for i in np.argsort(-shares)]

    def _margins(self, read: Features) -> Array:
        """The machines' margins (intents,)."""
        places, values, _ = self.vectors([read])
        margins: Array = self.bias + values.astype(np.float32) @ self.weights[places] if len(places) else self.bias
        if len(self.weights) > len(self.known):
            margins = margins + self.mean(read) @ self.weights[len(self.known) :]
        return margins

    def write(self, folder: Path) -> None:
        """Two files, for `read`."""
        names: dict[str, Any] = {
            "intents": self.intents,
            "features": self.known,
            "unseen": self.unseen,
            "scale": asdict(self.scale),
        }
        arrays = {"rarity": self.rarity, "weights": self.weights, "bias": self.bias}
        if self.second is not None:
            restorer, opinion = self.second.restorer, self.second.opinion
            names["words"] = restorer.as_data() if restorer else None
            arrays |= {"example_vectors": opinion.vectors, "example_weights": opinion.weights}
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "arrays.npz", **arrays)

    @classmethod
    def read(cls, folder: Path) -> IntentModel:
        """What `write` wrote."""
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            second = None
            if "words" in names:
                opinion = SecondOpinion(arrays["example_vectors"], arrays["example_weights"])
                second = SecondLook(Restorer.from_data(names["words"]) if names["words"] else None, opinion)
            return cls(
                intents=names["intents"],
                known=names["features"],
                rarity=arrays["rarity"],
                unseen=names["unseen"],
                weights=arrays["weights"],
                bias=arrays["bias"],
                scale=Scale(**names["scale"]),
                second=second,
            )


@dataclass(frozen=True, slots=True)
class _Part:
    """Machines that have not seen some of the examples."""

    learned: Array  # examples
    held: Array
    weights: Array
    bias: Array


def _writings(texts: list[str], examples: list[Features], settings: Settings) -> list[list[Features]]:
    """The features of each text and, behind them, those of its variants."""
    if not settings.slips or len(texts) > settings.most:
        return [[read] for read in examples]
    return [
        [read, *(features(variant) for variant in variants(text, slips=settings.slips))]
        for text, read in zip(texts, examples, strict=True)
    ]


def _spread(writings: list[list[Features]]) -> Counter[str]:
    """In how many examples each feature is, whatever the writing."""
    spread: Counter[str] = Counter()
    for texts in writings:
        spread.update({f"{block}{name}" for text in texts for block in BLOCKS for name in text.counts[block]})
    return spread


def _machines(
    selections: list[Array],
    matrix: csr_matrix,
    words: int,
    origins: Array,
    own: Array,
    truth: Array,
    settings: Settings,
) -> list[tuple[Array, Array]]:
    """Weights (intents, features + vector) and biases (intents,) fitted to each selection of the examples.

    `matrix` has a row for each example and each variant of it, `origins` the row's example, and `own` whether it is the
    example itself; its vectors begin at the column `words`.
    """
    directions = _directions(matrix[own, words:], most=settings.directions)
    fitted = fit_all(
        [np.flatnonzero(np.isin(origins, examples)) for examples in selections],
        hstack([matrix[:, :words], matrix[:, words:] @ directions]).tocsr(),
        truth[origins],
        np.where(own, 1.0, _VARIANT),
        regularization=settings.regularization,
        intents=int(truth.max()) + 1,
    )
    return [(np.hstack([weights[:, :words], weights[:, words:] @ directions.T]), bias) for weights, bias in fitted]


def _split(texts: list[str], truth: Array, *, parts: int) -> tuple[Array, Array] | None:
    """Places of the texts of all parts but one, and of that one's, by family; None where there are too few to part."""
    count = min(parts, int(np.bincount(truth).min()))
    if count < 2:
        return None  # an intent with one example
    learned, held = next(folds(texts, truth, count=count))
    return (learned, held) if len(held) and len(set(truth[learned])) > 1 else None


def _directions(means: csr_matrix, *, most: int) -> Array:
    """The `most` directions (size, most) in which the vectors (examples, size) differ most: all of them need twice the
    time, and tell no more."""
    if not means.shape[1]:
        return np.empty((0, 0))
    dense = means.toarray()
    directions: Array = np.linalg.eigh(dense.T @ dense)[1][:, -most:]
    return directions


def _scale(
    model: IntentModel,
    examples: list[Features],
    matrix: csr_matrix,
    truth: Array,
    meanings: Array | None,
    part: _Part,
    settings: Settings,
) -> Scale:
    """The factors by which the model is as sure as it is right of texts whose whole family was held back.

    For the texts of which the machines alone are sure, and for the others, each by itself.
    """
    margins = matrix[part.held] @ part.weights.T + part.bias
    right = truth[part.held]
    (alone,) = factors([margins], right, start=[3.0])
    doubtful = probabilities(alone * margins).max(axis=1) < settings.unsure
    if meanings is None or not doubtful.any():
        return Scale(alone=alone, unsure=settings.unsure, sure=alone)
    sure = as_sure_as_right(alone, margins[~doubtful], right[~doubtful])
    second = SecondLook.fit(
        [examples[place].text for place in part.learned],
        meanings[part.learned],
        truth[part.learned],
        intents=len(model.intents),
        restores=len(examples) <= settings.most,
    )
    there, scores = second.at(
        [second.guesses(examples[place].text) for place in part.held[doubtful]],
        lambda meant: model.matrix(meant, vectors=settings.vectors) @ part.weights.T + part.bias,
    )
    first, second_ = factors([there, scores], right[doubtful], start=[3.0, 3.0])
    return Scale(alone=alone, unsure=settings.unsure, sure=sure, first=first, second=second_)
