"""Tells what kind of question a message is: by characters, words and sounds, and by meaning where these leave doubt."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from madoguchi.nlu import encoder
from madoguchi.nlu.calibration import factors, probabilities
from madoguchi.nlu.families import folds
from madoguchi.nlu.features import BLOCKS, Features, features
from madoguchi.nlu.masking import masked
from madoguchi.nlu.opinion import SecondOpinion
from madoguchi.nlu.vectors import SIZE, word_vectors

Array: TypeAlias = npt.NDArray[Any]

_RANKING = 10  # alternatives kept in a parse, as Rasa's own classifiers do


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """One linear support-vector machine an intent over TF-IDF features and the mean of the words' vectors.

    Sets `intent` and `intent_ranking`. Where the machines are unsure, a sentence encoder's opinion is added to theirs.

    The scores become probabilities by a softmax whose sharpness is fitted on held-back families of examples.

    Examples are learned with their annotated names masked, which is what the linker leaves of a known programme.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # regularization: inverse strength C; rare: features of fewer examples are left out; vectors: the length of the
        # vector's block beside the others' 1, 0 for none; unsure: the confidence below which the encoder is asked, 0
        # for never. All are chosen by cross-validation (docs/adr/0003-understanding.md, docs/adr/0005-word-vectors.md)
        return {
            "regularization": 0.5,
            "rare": 2,
            "vectors": 2.0,
            "unsure": 0.8,
            "folds": 3,
            "max_characters": 1000,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "sudachipy", "sudachidict_core"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = _Model.read(folder)
        if config["vectors"]:
            word_vectors()  # read them now: a missing package belongs to the start, not to the first message
        if config["unsure"]:
            encoder.prepare()
        return classifier

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: _Model | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the examples and keep it.

        Raises InvalidConfigException when there are fewer than two intents.
        """
        examples = training_data.intent_examples
        pairs = {(masked(example), str(example.get(INTENT))) for example in examples}
        if len({intent for _, intent in pairs}) < 2:
            raise InvalidConfigException(
                "data/nlu に、2種類以上のインテントの例文を書いてください。\n"
                "Write examples of at least two intents in data/nlu."
            )
        self._model = _Model.fit(
            sorted(pairs),
            regularization=self._config["regularization"],
            rare=self._config["rare"],
            vectors=self._config["vectors"],
            unsure=self._config["unsure"],
            folds=self._config["folds"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.write(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that has none yet."""
        for message in messages:
            if self._model is None or message.get(INTENT):
                continue
            text = masked(message)[: self._config["max_characters"]]
            ranking = [
                {"name": name, "confidence": confidence} for name, confidence in self._model.ranking(text)[:_RANKING]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


class _Model:
    """Weights of the features, for every intent. Written without pickle: JSON and NumPy arrays."""

    def __init__(
        self,
        *,
        intents: list[str],
        places: dict[str, int],
        rarity: Array,
        unseen: float,
        weights: Array,
        bias: Array,
        scale: _Scale,
        opinion: SecondOpinion | None,
    ) -> None:
        self.intents = intents
        self.places = places  # block and feature -> row
        self.rarity = rarity  # (features,)
        self.unseen = unseen  # rarity of a word that no example has, or too few
        self.weights = weights  # (features + vector, intents); without a vector (features, intents)
        self.bias = bias  # (intents,)
        self.scale = scale
        self.opinion = opinion

    @classmethod
    def fit(
        cls,
        pairs: list[tuple[str, str]],
        *,
        regularization: float,
        rare: int,
        vectors: float,
        unsure: float,
        folds: int,
    ) -> _Model:
        """The model of (text, intent) pairs."""
        texts = [text for text, _ in pairs]
        intents = sorted({intent for _, intent in pairs})
        numbers = {name: number for number, name in enumerate(intents)}
        truth = np.array([numbers[intent] for _, intent in pairs])
        read = [features(text) for text in texts]
        spread = Counter(f"{block}{name}" for text in read for block in BLOCKS for name in text.counts[block])
        known = sorted(name for name, texts in spread.items() if texts >= min(rare, len(pairs)))
        model = cls(
            intents=intents,
            places={name: place for place, name in enumerate(known)},
            rarity=np.log((1 + len(pairs)) / (1 + np.array([spread[name] for name in known]))) + 1,
            unseen=float(np.log(1 + len(pairs)) + 1),
            weights=np.empty((len(known) + (SIZE if vectors else 0), len(intents))),
            bias=np.empty(0),
            scale=_Scale(),
            opinion=None,
        )
        matrix = model.matrix(read, vectors=vectors)
        meanings = encoder.sentence_vectors([text.text for text in read]) if unsure else None
        model.scale = _scale(
            matrix,
            meanings,
            truth,
            _splits(texts, truth, most=folds),
            regularization=regularization,
            unsure=unsure,
        )
        weights, bias = _machines(matrix, truth, regularization, intents=len(intents))
        model.weights, model.bias = weights.T.astype(np.float32), bias.astype(np.float32)
        model.weights[len(known) :] *= vectors  # so that a message's mean needs no factor
        if meanings is not None:
            model.opinion = SecondOpinion.fit(meanings, truth, intents=len(intents))
        return model

    def matrix(self, read: list[Features], *, vectors: float) -> csr_matrix:
        """A row for each text: its known features, and behind them the mean of its words' vectors."""
        rows = [self.vector(text) for text in read]
        matrix = csr_matrix(
            (
                np.concatenate([values for _, values in rows]),
                np.concatenate([indices for indices, _ in rows]),
                np.cumsum([0, *(len(indices) for indices, _ in rows)]),
            ),
            shape=(len(rows), len(self.places)),
        )
        if vectors:
            matrix = hstack([matrix, vectors * np.array([self.mean(text) for text in read])]).tocsr()
        return matrix

    def vector(self, text: Features) -> tuple[Array, Array]:
        """Places and TF-IDF values of the known features, each block of length one."""
        places: list[int] = []
        values: list[Array] = []
        for block in BLOCKS:
            known = [
                (self.places[block + name], count)
                for name, count in text.counts[block].items()
                if block + name in self.places
            ]
            if known:
                rows = [place for place, _ in known]
                value = (1 + np.log([count for _, count in known])) * self.rarity[rows]
                places += rows
                values.append(value / np.linalg.norm(value))
        return np.array(places, dtype=np.int32), np.concatenate(values) if values else np.empty(0)

    def mean(self, text: Features) -> Array:
        """The direction of the text's word vectors, rare words counting more; zeros where no word has one."""
        known = word_vectors()
        weighted = []
        for lemma, surface in text.words:
            row = known.row(lemma)
            row = known.row(surface) if row is None else row
            if row is not None:
                place = self.places.get(f"w{lemma.lower()}")
                weighted.append((row, self.unseen if place is None else float(self.rarity[place])))
        return known.mean(weighted)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Every intent with its probability, best first."""
        read = features(text)
        places, values = self.vector(read)
        margins = self.bias + values.astype(np.float32) @ self.weights[places] if len(places) else self.bias
        if len(self.weights) > len(self.places):
            margins = margins + self.mean(read) @ self.weights[len(self.places) :]
        shares = probabilities(self.scale.alone * margins)
        if self.opinion is not None and shares.max() < self.scale.unsure:
            scores = self.opinion.scores(encoder.sentence_vectors([read.text]))[0]
            shares = probabilities(self.scale.first * margins + self.scale.second * scores)
        return [(self.intents[i], float(shares[i])) for i in np.argsort(-shares)]

    def write(self, folder: Path) -> None:
        names = {
            "intents": self.intents,
            "features": list(self.places),
            "unseen": self.unseen,
            "scale": asdict(self.scale),
        }
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        arrays = {"rarity": self.rarity, "weights": self.weights, "bias": self.bias}
        if self.opinion is not None:
            arrays |= {"example_vectors": self.opinion.vectors, "example_weights": self.opinion.weights}
        np.savez(folder / "arrays.npz", **arrays)

    @classmethod
    def read(cls, folder: Path) -> _Model:
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            opinion = None
            if "example_vectors" in arrays:
                opinion = SecondOpinion(arrays["example_vectors"], arrays["example_weights"])
            return cls(
                intents=names["intents"],
                places={name: place for place, name in enumerate(names["features"])},
                rarity=arrays["rarity"],
                unseen=names["unseen"],
                weights=arrays["weights"],
                bias=arrays["bias"],
                scale=_Scale(**names["scale"]),
                opinion=opinion,
            )


@dataclass(frozen=True, slots=True)
class _Scale:
    """The factors that make logits of scores."""

    alone: float = 1.0  # on the machines' margins
    unsure: float = 0.0  # the confidence by `alone` below which the second opinion is asked
    first: float = 1.0  # then: on the margins
    second: float = 1.0  # and on the second opinion's scores


def _machines(matrix: csr_matrix, truth: Array, regularization: float, *, intents: int) -> tuple[Array, Array]:
    """The weights (intents, features) and biases (intents,) of one machine an intent, fitted to the rows."""
    # The tolerance is liblinear's own: scikit-learn's, a thousandth of it, takes four times as long and finds the same
    machine = LinearSVC(C=regularization, random_state=0, tol=0.1).fit(matrix, truth)
    weights, bias = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
    # An intent without an example among the rows: surely not, as every machine says of what is foreign to it
    all_weights, all_bias = np.zeros((intents, matrix.shape[1])), -np.ones(intents)
    all_weights[machine.classes_], all_bias[machine.classes_] = weights, bias
    return all_weights, all_bias


def _splits(texts: list[str], truth: Array, *, most: int) -> list[tuple[Array, Array]]:
    """Places of learned and held-back texts, by family, each text held back once; none where too few to hold back."""
    count = min(most, int(np.bincount(truth).min()))
    if count < 2:
        return []  # an intent with one example
    found = list(folds(texts, truth, count=count))
    return found if all(len(held) and len(set(truth[train])) > 1 for train, held in found) else []


def _scale(
    matrix: csr_matrix,
    meanings: Array | None,
    truth: Array,
    splits: list[tuple[Array, Array]],
    *,
    regularization: float,
    unsure: float,
) -> _Scale:
    """The factors with which the probabilities are likeliest on texts whose whole family was held back."""
    if not splits:
        return _Scale(unsure=unsure)
    intents = int(truth.max()) + 1
    margins, scores = np.zeros((len(truth), intents)), np.zeros((len(truth), intents))
    for train, held in splits:
        weights, bias = _machines(matrix[train], truth[train], regularization, intents=intents)
        margins[held] = matrix[held] @ weights.T + bias
        if meanings is not None:
            opinion = SecondOpinion.fit(meanings[train], truth[train], intents=intents)
            scores[held] = opinion.scores(meanings[held])
    (alone,) = factors([margins], truth, start=[3.0])
    doubtful = probabilities(alone * margins).max(axis=1) < unsure
    if not doubtful.any():
        return _Scale(alone=alone, unsure=unsure)
    # Fitted where the second opinion is asked: there the machines know less than they say
    first, second = factors([margins[doubtful], scores[doubtful]], truth[doubtful], start=[3.0, 3.0])
    return _Scale(alone=alone, unsure=unsure, first=first, second=second)
