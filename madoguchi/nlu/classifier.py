"""Tells which kind of question a message is, with a linear model over characters, words, sounds and word vectors."""

from __future__ import annotations

import json
from collections import Counter
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
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from madoguchi.nlu.features import BLOCKS, Features, features
from madoguchi.nlu.masking import masked
from madoguchi.nlu.vectors import SIZE, word_vectors

Array: TypeAlias = npt.NDArray[Any]

_RANKING = 10  # alternatives kept in a parse, as Rasa's own classifiers do


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """One linear support-vector machine an intent over TF-IDF features and the mean of the words' vectors.

    Sets `intent` and `intent_ranking`.

    The machines' margins become probabilities by a softmax whose sharpness is fitted on held-out folds.

    Examples are learned with their annotated names masked, which is what the linker leaves of a known programme.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # regularization: inverse strength C; rare: features of fewer examples are left out; vectors: the length of the
        # vector's block beside the others' 1, 0 for none. All are chosen by cross-validation
        # (docs/adr/0003-understanding.md, docs/adr/0005-word-vectors.md)
        return {"regularization": 0.5, "rare": 2, "vectors": 2.0, "folds": 3, "max_characters": 1000}

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
        self, *, intents: list[str], places: dict[str, int], rarity: Array, unseen: float, weights: Array, bias: Array
    ) -> None:
        self.intents = intents
        self.places = places  # block and feature -> row
        self.rarity = rarity  # (features,)
        self.unseen = unseen  # rarity of a word that no example has, or too few
        self.weights = weights  # (features + vector, intents); without a vector (features, intents)
        self.bias = bias  # (intents,)

    @classmethod
    def fit(
        cls, pairs: list[tuple[str, str]], *, regularization: float, rare: int, vectors: float, folds: int
    ) -> _Model:
        """The model of (text, intent) pairs."""
        read = [features(text) for text, _ in pairs]
        labels = [intent for _, intent in pairs]
        spread = Counter(f"{block}{name}" for text in read for block in BLOCKS for name in text.counts[block])
        known = sorted(name for name, texts in spread.items() if texts >= min(rare, len(pairs)))
        places = {name: place for place, name in enumerate(known)}
        rarity = np.log((1 + len(pairs)) / (1 + np.array([spread[name] for name in known]))) + 1
        unseen = float(np.log(1 + len(pairs)) + 1)
        size = len(places) + (SIZE if vectors else 0)
        model = cls(
            intents=[], places=places, rarity=rarity, unseen=unseen, weights=np.empty((size, 0)), bias=np.empty(0)
        )
        rows = [model.vector(text) for text in read]
        matrix = csr_matrix(
            (
                np.concatenate([values for _, values in rows]),
                np.concatenate([indices for indices, _ in rows]),
                np.cumsum([0, *(len(indices) for indices, _ in rows)]),
            ),
            shape=(len(rows), len(places)),
        )
        if vectors:
            matrix = hstack([matrix, vectors * np.array([model.mean(text) for text in read])]).tocsr()
        sharpness = _sharpness(matrix, labels, regularization=regularization, folds=folds)
        machine, weights, bias = _machine(matrix, labels, regularization)
        model.intents = [str(name) for name in machine.classes_]
        model.weights = (sharpness * weights.T).astype(np.float32)
        model.weights[len(places) :] *= vectors  # so that a message's mean needs no factor
        model.bias = (sharpness * bias).astype(np.float32)
        return model

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
        logits = self.bias + values.astype(np.float32) @ self.weights[places] if len(places) else self.bias
        if len(self.weights) > len(self.places):
            logits = logits + self.mean(read) @ self.weights[len(self.places) :]
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        return [(self.intents[i], float(shares[i])) for i in np.argsort(-shares)]

    def write(self, folder: Path) -> None:
        names = {"intents": self.intents, "features": list(self.places), "unseen": self.unseen}
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "arrays.npz", rarity=self.rarity, weights=self.weights, bias=self.bias)

    @classmethod
    def read(cls, folder: Path) -> _Model:
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            return cls(
                intents=names["intents"],
                places={name: place for place, name in enumerate(names["features"])},
                rarity=arrays["rarity"],
                unseen=names["unseen"],
                weights=arrays["weights"],
                bias=arrays["bias"],
            )


def _machine(matrix: csr_matrix, labels: list[str], regularization: float) -> tuple[LinearSVC, Array, Array]:
    """The machines fitted to the rows, their weights (intents, features) and biases (intents,)."""
    # The tolerance is liblinear's own: scikit-learn's, a thousandth of it, takes four times as long and finds the same
    machine = LinearSVC(C=regularization, random_state=0, tol=0.1).fit(matrix, labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
    return machine, weights, bias


def _sharpness(matrix: csr_matrix, labels: list[str], *, regularization: float, folds: int) -> float:
    """The factor on the margins with which their softmax is likeliest on examples that were held out."""
    folds = min(folds, min(Counter(labels).values()))
    if folds < 2:
        return 1.0  # an intent with one example: nothing can be held out
    names = {name: place for place, name in enumerate(sorted(set(labels)))}
    truth = np.array([names[label] for label in labels])
    margins = np.zeros((len(labels), len(names)))
    for train, held in StratifiedKFold(folds, shuffle=True, random_state=0).split(matrix, truth):
        _, weights, bias = _machine(matrix[train], [labels[i] for i in train], regularization)
        margins[held] = matrix[held] @ weights.T + bias

    def surprise(sharpness: float) -> float:
        logits = sharpness * margins
        logits -= logits.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(truth)), truth]))

    return float(minimize_scalar(surprise, bounds=(0.5, 20.0), method="bounded").x)
