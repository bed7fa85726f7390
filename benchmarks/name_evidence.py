"""How much evidence a part of a name needs: names found against names heard where none was said.

    python -m benchmarks.name_evidence

Prints the tables of docs/adr/0003-understanding.md; about a minute. Found: names of data/programs that lack one of
their words, asked about in a plain sentence. Heard: held-out utterances of data/nlu in which nobody marked a name, and
the out-of-scope sentences of tests/data.
"""

from __future__ import annotations

import importlib
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from sklearn.model_selection import StratifiedKFold

from madoguchi import catalog
from madoguchi.catalog.names import Mention, NameIndex
from madoguchi.catalog.search import content_words
from madoguchi.japanese.folding import fold
from madoguchi.japanese.morphology import morphemes
from madoguchi.nlu.linker import ProgramLinker
from madoguchi.nlu.masking import MASKS, unmarked

FOLDS = 5
SENTENCE = "{}について教えてください"
HELD_OUT_OF_SCOPE = Path("tests/data/out_of_scope.txt")
# Not `from madoguchi.catalog import names`: that is the function of this name
constants = importlib.import_module(NameIndex.__module__)
NEVER = 10**6  # characters
HALVING = float(ProgramLinker.get_default_config()["halving"])


def shortened() -> list[tuple[str, str]]:
    """(name without one of its words, programme), for names of three words or more whose rest is nobody's name."""
    loaded = catalog.load(catalog.folder())
    taken = {fold(name) for program in loaded.programs.values() for name in (program.name, *program.aliases)}
    found = []
    for program in loaded.programs.values():
        words = morphemes(program.name)
        telling = [i for i, word in enumerate(words) if word.is_content]
        for left_out in telling if len(telling) > 2 else []:
            rest = "".join(word.surface for i, word in enumerate(words) if i != left_out)
            if not any(name in fold(rest) for name in taken):
                found.append((rest, program.id))
    return found


def counted(examples: list[Message]) -> Counter[str]:
    return Counter(word for example in examples for word in set(content_words(unmarked(example))))


def topics(index: NameIndex, text: str, counts: Counter[str], halving: float) -> list[Mention]:
    """The programmes and offices that the text names, by a part or with a slip only."""
    found = index.mentions(text, weight=lambda word: 1.0 / (1.0 + counts[word] / halving) if halving else 1.0)
    return [m for m in found if m.how in ("part", "slip") and any(target.kind in MASKS for target in m.targets)]


def main() -> None:
    loaded = catalog.load(catalog.folder())
    examples = load_data("data/nlu").intent_examples
    everything = counted(examples)
    intents = [str(example.get(INTENT)) for example in examples]
    unnamed: list[tuple[str, Counter[str]]] = []
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(examples, intents):
        counts = counted([examples[i] for i in train])
        for i in held:
            if not any(entity["entity"] in MASKS for entity in examples[i].get(ENTITIES, [])):
                unnamed.append((str(examples[i].get(TEXT)), counts))
    outside = [line for line in HELD_OUT_OF_SCOPE.read_text(encoding="utf-8").splitlines() if line.strip()]
    parts = shortened()
    print(
        f"{len(parts)} shortened names, {len(unnamed)} utterances without a name, {len(outside)} out-of-scope sentences"
    )
    print(f"\n{'setting':32s} found  among  heard in utterances  heard out of scope")

    def row(title: str, halving: float = HALVING, **changed: float | tuple[int, int]) -> None:
        # The options of patch.multiple have the same place as the names that are patched
        with patch.multiple(constants, **changed) if changed else nullcontext():  # type: ignore[call-overload]
            index = NameIndex(loaded)
            hits = [topics(index, SENTENCE.format(name), everything, halving) for name, _ in parts]
            right = [
                any(target.id == wanted for m in found for target in m.targets)
                for found, (_, wanted) in zip(hits, parts, strict=True)
            ]
            among = [len({target.id for m in found for target in m.targets}) for found in hits if found]
            heard = np.mean([bool(topics(index, text, counts, halving)) for text, counts in unnamed])
            out = np.mean([bool(topics(index, text, everything, halving)) for text in outside])
            print(
                f"{title:32s} {100 * np.mean(right):5.1f} {np.mean(among):6.2f} {100 * heard:20.1f} {100 * out:19.1f}",
                flush=True,
            )

    for halving in (0.0, 0.5, 1.0, 2.0, 4.0, 8.0):
        row(f"halving {halving or 'off'}", halving)
    for evidence in (0.45, 0.52, 0.6, 0.68, 0.75, 0.9):
        row(f"part evidence {evidence}", _PART_EVIDENCE=evidence)
    for margin in (0.5, 0.65, 0.75, 0.85, 1.0):
        row(f"part margin {margin}", _PART_MARGIN=margin)
    one, two = constants._SLIPS_IN_WRITING
    for lengths in ((one - 1, two), (one + 1, two), (one, two - 2), (one, two + 2), (NEVER, NEVER)):
        row(f"slips in writing from {lengths}", _SLIPS_IN_WRITING=lengths)
    one, two = constants._SLIPS_IN_SOUND
    for lengths in ((one + 1, two), (one + 2, two), (one, two - 2), (one, two + 2), (NEVER, NEVER)):
        row(f"slips in sound from {lengths}", _SLIPS_IN_SOUND=lengths)


if __name__ == "__main__":
    main()
