"""How well the utterances of data/nlu are understood, for `make evaluate`.

Cross-validation in five parts through the components of config.yml; no part is asked what it, or an utterance of the
same family, has taught. The figures are kept as JSON, which the next evaluation is compared with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from tqdm import tqdm

from benchmarks.pipeline import Pipeline, folds
from madoguchi import utterances
from madoguchi.nlu.calibration import calibration_error
from madoguchi.nlu.families import families, normalised
from madoguchi.nlu.masking import masked
from madoguchi.terminal import Advice

Whole: TypeAlias = npt.NDArray[np.int64]

EXAMPLES = Path("data/nlu")
CALIBRATED = 0.05  # the calibration error that the thresholds of confidence in answers/rules can live with
SAME = 100.0  # of 100, rapidfuzz's ratio of the normalised sounds
ALMOST_SAME = 92.0  # one sound in twelve; looked through by hand: below, other sentences begin
_Z = 1.96  # 95 per cent
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 per cent confidence interval, each from 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kind:
    """How one intent fares: `recall` of its utterances are found, `precision` of what is taken for it is right."""

    intent: str
    utterances: int
    recall: Share
    precision: float
    f1: Share


@dataclass(frozen=True, slots=True)
class Answer:
    """A held-back utterance: where it belongs, what it was taken for, and how sure the pipeline was."""

    text: str
    intent: str
    said: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Twins:
    """Two utterances that are the same, or nearly, once writing, spaces and names are set aside."""

    one: str
    other: str
    intents: tuple[str, str]
    likeness: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one cross-validation found."""

    day: str
    commit: str
    accuracy: Share
    calibration_error: float  # from 0 to 1: by how much the pipeline is surer, or less sure, than it is right
    macro_f1: float
    kinds: tuple[Kind, ...]
    answers: tuple[Answer, ...]
    twins: tuple[Twins, ...]


def read_examples(folder: Path) -> list[Message]:
    """The utterances below `folder`. Raises Advice that names the file, the line and the mend."""
    utterances.check(folder)
    try:
        return list(load_data(str(folder)).intent_examples)
    except RasaException as error:
        raise Advice(f"用例が読めません。\nThe utterances cannot be read.\n\n{error}") from error


def measure(examples: Sequence[Message], *, tick: Callable[[int], object] = lambda _: None) -> Evaluation:
    """The cross-validation of `examples`; `tick` hears how many more utterances have been asked."""
    groups = families([masked(example) for example in examples])
    answers: list[Answer] = []
    asked: list[int] = []
    confidences: list[float] = []
    hits: list[bool] = []
    for train, held in folds(examples):
        pipeline = Pipeline.trained([examples[i] for i in train])
        for place in held:
            example = examples[place]
            (reading,) = pipeline.read([str(example.get(TEXT))])
            answers.append(Answer(str(example.get(TEXT)), str(example.get(INTENT)), reading.intent, reading.confidence))
            asked.append(int(place))
            # What the classifier said, also where the pipeline falls back on asking again
            best, confidence = next(known for known in reading.ranking if known[0] != DEFAULT_NLU_FALLBACK_INTENT_NAME)
            confidences.append(confidence)
            hits.append(best == example.get(INTENT))
            tick(1)
    right = sum(answer.said == answer.intent for answer in answers)
    found = kinds(answers, groups[asked])
    return Evaluation(
        day=date.today().isoformat(),
        commit=commit(),
        accuracy=wilson(right, len(answers)),
        calibration_error=calibration_error(np.array(confidences), np.array(hits)),
        macro_f1=float(np.mean([kind.f1.value for kind in found])),
        kinds=tuple(found),
        answers=tuple(answers),
        twins=tuple(twins(examples)),
    )


def wilson(right: int, total: int) -> Share:
    """The share `right` of `total` with Wilson's interval, which stays between 0 and 1 for few cases too.

    >>> wilson(8, 10)
    Share(value=0.8, low=0.49..., high=0.94...)
    """
    if not total:
        return Share(0.0, 0.0, 1.0)
    share, square = right / total, _Z**2 / total
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * float(np.sqrt(share * (1 - share) / total + square / (4 * total)))
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0))


def kinds(answers: Sequence[Answer], groups: Whole) -> list[Kind]:
    """How each intent fares. F1's interval comes from drawing whole families again and again, seeded."""
    names = sorted({answer.intent for answer in answers})
    truth, said = [a.intent for a in answers], [a.said for a in answers]
    is_true = np.array([[t == name for name in names] for t in truth])
    is_said = np.array([[s == name for name in names] for s in said])
    members = np.zeros((int(groups.max()) + 1, len(answers)), dtype=bool)
    members[groups, np.arange(len(answers))] = True
    parts = [members @ array.astype(np.int64) for array in (is_true & is_said, is_true, is_said)]  # (families, intents)
    draws = np.random.default_rng(0).multinomial(len(members), np.full(len(members), 1 / len(members)), _RESAMPLES)
    hits, wanted, taken = (draws @ part for part in parts)
    scores = 2 * hits / np.maximum(wanted + taken, 1)
    low, high = np.quantile(scores, (0.025, 0.975), axis=0)
    found = []
    for i, name in enumerate(names):
        hit, real, claimed = int(parts[0][:, i].sum()), int(parts[1][:, i].sum()), int(parts[2][:, i].sum())
        f1 = 2 * hit / max(real + claimed, 1)
        precision = hit / claimed if claimed else 0.0
        found.append(Kind(name, real, wilson(hit, real), precision, Share(f1, float(low[i]), float(high[i]))))
    return found


def twins(examples: Sequence[Message]) -> list[Twins]:
    """Utterances that are the same or almost, the most alike first; those that contradict each other before others."""
    texts = [masked(example) for example in examples]
    forms = [normalised(text) for text in texts]
    alike = process.cdist(forms, forms, scorer=fuzz.ratio, dtype=np.float32, score_cutoff=ALMOST_SAME)
    pairs = [(int(i), int(j)) for i, j in np.argwhere(np.triu(alike, 1))]
    found = [
        Twins(
            str(examples[i].get(TEXT)),
            str(examples[j].get(TEXT)),
            (str(examples[i].get(INTENT)), str(examples[j].get(INTENT))),
            float(alike[i, j]),
        )
        for i, j in pairs
    ]
    return sorted(found, key=lambda pair: (pair.intents[0] == pair.intents[1], -pair.likeness, pair.one))


def confusions(answers: Sequence[Answer]) -> list[tuple[tuple[str, str], list[Answer]]]:
    """(where it belongs, what it was taken for) with the utterances, the most frequent first."""
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.said != answer.intent:
            found[answer.intent, answer.said].append(answer)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def commit() -> str:
    """The commit that was measured, with + where files differ from it; empty outside of git."""
    try:
        head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=True, text=True)
        changed = subprocess.run(["git", "status", "--porcelain"], capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def write(evaluation: Evaluation, file: Path) -> None:
    file.write_text(json.dumps(asdict(evaluation), ensure_ascii=False), encoding="utf-8")


def previous(file: Path) -> Evaluation | None:
    """The evaluation that was written to `file`; None where there is none, or one of another form."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Evaluation(
            day=kept["day"],
            commit=kept["commit"],
            accuracy=Share(**kept["accuracy"]),
            calibration_error=kept["calibration_error"],
            macro_f1=kept["macro_f1"],
            kinds=tuple(
                Kind(**{**kind, "recall": Share(**kind["recall"]), "f1": Share(**kind["f1"])}) for kind in kept["kinds"]
            ),
            answers=tuple(Answer(**answer) for answer in kept["answers"]),
            twins=tuple(Twins(**{**pair, "intents": tuple(pair["intents"])}) for pair in kept["twins"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def measure_shown(examples: Sequence[Message]) -> Evaluation:
    """`measure`, with a bar on the terminal."""
    slow = 0.1 if sys.stderr.isatty() else 15.0
    with tqdm(total=len(examples), desc="確かめています / evaluating", unit="文", mininterval=slow) as bar:
        return measure(examples, tick=bar.update)
