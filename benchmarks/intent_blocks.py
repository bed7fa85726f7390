"""Which features, masking and strength tell the kinds of question apart best: cross-validation over data/nlu.

    python -m benchmarks.intent_blocks

Prints tables as docs/adr/0003-understanding.md has them, of the present classifier; about ten minutes. The held-out
utterances are read as the server
reads them: the linker, with words counted in the other folds only, masks the names that the catalog has.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from unittest.mock import patch

import numpy as np
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from madoguchi import catalog
from madoguchi.catalog.search import content_words
from madoguchi.nlu import intent_model
from madoguchi.nlu.features import features
from madoguchi.nlu.intent_model import IntentModel, Settings
from madoguchi.nlu.linker import ProgramLinker
from madoguchi.nlu.masking import MASKS, masked, unmarked

FOLDS = 5
HELD_OUT_OF_SCOPE = Path("tests/data/out_of_scope.txt")  # sentences that are in no training file


@dataclass(frozen=True)
class Setting:
    """One way to train; the defaults are those of the product."""

    blocks: str = "cws"
    masking: str = "masked"  # learn each example "masked", as it stands ("plain"), or "both"
    strength: float = 0.5
    rare: int = 2
    vectors: float = 2.0  # weight of the words' vectors, 0 for none
    unsure: float = 0.8  # a second look is taken below this confidence, 0 for never
    slips: int = 4  # variants of each example with a slip, 0 for no variants at all


@dataclass(frozen=True)
class Fold:
    train: list[Message]
    texts: list[str]  # held out, as typed
    linked: list[str]  # the same with the linker's names masked
    truth: list[str]


def linked(texts: list[str], train: list[Message]) -> list[str]:
    """`texts` with the names masked that the linker finds after training on `train`."""
    counts = Counter(word for example in train for word in set(content_words(unmarked(example))))
    halving = ProgramLinker.get_default_config()["halving"]
    names = catalog.names(catalog.load(catalog.folder()))
    found = []
    for text in texts:
        mentions = names.mentions(text, weight=lambda word: 1.0 / (1.0 + counts[word] / halving))
        entities = [{"entity": m.targets[0].kind, "start": m.start, "end": m.end} for m in mentions]
        found.append(masked(Message({TEXT: text, ENTITIES: entities})))
    return found


def folds(examples: list[Message], *, new_names: bool = False) -> Iterator[Fold]:
    """The utterances in five parts; with `new_names` no name marked in a held-out one is in the others."""
    intents = [str(example.get(INTENT)) for example in examples]
    splitter = (StratifiedGroupKFold if new_names else StratifiedKFold)(FOLDS, shuffle=True, random_state=0)
    for train, held in splitter.split(examples, intents, [_first_name(example) for example in examples]):
        learnt = [examples[i] for i in train]
        texts = [str(examples[i].get(TEXT)) for i in held]
        yield Fold(learnt, texts, linked(texts, learnt), [intents[i] for i in held])


def _first_name(example: Message) -> str:
    """The first name marked in an example; the whole text where there is none."""
    text = str(example.get(TEXT))
    marked = [entity for entity in example.get(ENTITIES, []) if entity["entity"] in MASKS]
    return text[marked[0]["start"] : marked[0]["end"]] if marked else text


def fit(examples: list[Message], setting: Setting, *, calibrated: bool = False) -> IntentModel:
    """The product's model under another setting; uncalibrated ones rank alike and fit faster."""
    readings = {"masked": (masked,), "plain": (_plain,), "both": (masked, _plain)}[setting.masking]
    pairs = sorted({(read(example), str(example.get(INTENT))) for example in examples for read in readings})
    with patch.object(intent_model, "BLOCKS", tuple(setting.blocks)):
        return IntentModel.fit(
            pairs,
            Settings(
                regularization=setting.strength,
                rare=setting.rare,
                vectors=setting.vectors,
                unsure=setting.unsure,
                slips=setting.slips,
                folds=3 if calibrated else 1,
            ),
        )


def _plain(example: Message) -> str:
    return str(example.get(TEXT))


def rankings(model: IntentModel, texts: list[str], setting: Setting) -> list[list[tuple[str, float]]]:
    with patch.object(intent_model, "BLOCKS", tuple(setting.blocks)):
        return [model.ranking(text) for text in texts]


def report(parts: list[Fold], everything: list[Message], outside: tuple[list[str], list[str]], setting: Setting) -> str:
    """Accuracy and macro F1 over all held-out utterances, and the share of held-out out-of-scope sentences found."""
    truth: list[str] = []
    said: list[str] = []
    for part in parts:
        texts = part.texts if setting.masking == "plain" else part.linked
        said += [ranking[0][0] for ranking in rankings(fit(part.train, setting), texts, setting)]
        truth += part.truth
    accuracy = float(np.mean([a == b for a, b in zip(truth, said, strict=True)]))
    model = fit(everything, setting)
    declined = rankings(model, outside[0] if setting.masking == "plain" else outside[1], setting)
    found = float(np.mean([ranking[0][0] == "out_of_scope" for ranking in declined]))
    f1 = f1_score(truth, said, average="macro")
    return f"{100 * accuracy:6.1f} {100 * f1:6.1f} {100 * found:6.1f} {len(model.known):8d}"


def calibration(parts: list[Fold], setting: Setting) -> Iterator[str]:
    """How the confidence fits: utterances, mean confidence and accuracy by confidence."""
    best = [
        (ranking[0][1], ranking[0][0] == intent)
        for part in parts
        for ranking, intent in zip(
            rankings(fit(part.train, setting, calibrated=True), part.linked, setting), part.truth, strict=True
        )
    ]
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = [(confidence, right) for confidence, right in best if low <= confidence < high]
        if inside:
            mean, right = np.mean(inside, axis=0)
            yield f"{low:.1f}-{min(high, 1):.1f}  {len(inside):6d} {100 * mean:10.1f} {100 * right:8.1f}"


def main() -> None:
    examples = load_data("data/nlu").intent_examples
    parts = list(folds(examples))
    texts = HELD_OUT_OF_SCOPE.read_text(encoding="utf-8").split("\n")
    texts = [text for text in texts if text.strip() and not text.startswith("#")]
    outside = (texts, linked(texts, examples))
    print(f"{len(examples)} utterances, {len({e.get(INTENT) for e in examples})} intents, {FOLDS} folds;")
    print(f"{len(texts)} held-out out-of-scope sentences")
    groups = {
        "blocks (c characters, w words, s sounds)": (
            parts,
            [Setting(blocks=blocks) for blocks in ("c", "w", "s", "cw", "cs", "ws", "cws")],
        ),
        "masking": (parts, MASKINGS),
        "masking, held-out names not in training": (list(folds(examples, new_names=True)), MASKINGS),
        "strength C": (parts, [Setting(strength=strength) for strength in (0.1, 0.3, 0.5, 1.0, 2.0)]),
        "rare": (parts, [Setting(rare=rare) for rare in (1, 2, 3)]),
        "vectors": (parts, [Setting(vectors=weight) for weight in (0.0, 1.0, 2.0, 3.0)]),
    }
    with patch.object(intent_model, "features", functools.lru_cache(maxsize=None)(features)):
        for title, (held_out, settings) in groups.items():
            print(f"\n{title:42s}    acc     F1    oos features")
            for setting in settings:
                print(f"{_changed(setting):42s} {report(held_out, examples, outside, setting)}", flush=True)
        for setting in MASKINGS[1:]:
            print(f"\n{_changed(setting):12s} count  confidence  correct")
            for line in calibration(parts, setting):
                print(line, flush=True)


MASKINGS = [Setting(masking=masking) for masking in ("plain", "masked", "both")]


def _changed(setting: Setting) -> str:
    """The setting as what it changes: blocks=cw."""
    named = [f"{f.name}={getattr(setting, f.name)}" for f in fields(setting) if getattr(setting, f.name) != f.default]
    return ", ".join(named) or "as configured"


if __name__ == "__main__":
    main()
