"""`make bench-robust`: what understanding loses when people write otherwise than the examples do.

    python -m benchmarks.robustness [--sample FILE]

Intents: the utterances of data/nlu in five parts; each part is asked of a pipeline that has seen no utterance of the
same family. Programmes: every name of the catalog in frames that no example has. For each perturbation only the texts
that it changes count, and beside them stands what the same texts give as they are. SAMPLE is a file of conversations,
one JSON object a line with `turns`, each with `user`: how often a text is still read as its clean form is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from benchmarks.evaluation import EXAMPLES, read_examples
from benchmarks.linking import FEW, Question, questions
from benchmarks.perturbations import PERTURBATIONS
from benchmarks.pipeline import Pipeline, Reading, folds
from madoguchi import catalog
from madoguchi.terminal import Advice, Elapsed, exit_code

INTENT_LOSS = 5.0  # points that no perturbation may lose
LINK_LOSS = 8.0


@dataclass(frozen=True, slots=True)
class Row:
    """One perturbation: how many texts it changes, and the share that is right without and with it, in per cent."""

    perturbation: str
    texts: int
    clean: float
    changed: float

    @property
    def loss(self) -> float:
        """Points lost; negative where the changed texts fare better."""
        return self.clean - self.changed


@dataclass(frozen=True, slots=True)
class Case:
    """A text as it is and as each perturbation makes it, each with whether it was read rightly."""

    right: bool
    perturbed: dict[str, bool]  # those that change the text


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether the held-back utterances, and the names of the catalog, were read rightly; and the pipeline of all
    utterances that read the names."""

    intents: list[Case]
    links: list[Case]
    pipeline: Pipeline

    @property
    def worst_intent(self) -> Row:
        """The perturbation that costs the most intents."""
        return max(rows(self.intents), key=lambda row: row.loss)

    @property
    def worst_link(self) -> Row:
        """The perturbation that costs the most programmes."""
        return max(rows(self.links), key=lambda row: row.loss)


def measure(examples: Sequence[Message]) -> Measured:
    """All perturbations, with the seconds on the terminal."""
    progress = Elapsed("書き方を変えて測っています / measuring")
    held_back = intents(examples, tick=progress.tick)
    pipeline = Pipeline.trained(examples)
    named = links(questions(catalog.load(catalog.folder())), pipeline, tick=progress.tick)
    progress.done("測りました / measured")
    return Measured(held_back, named, pipeline)


def intents(examples: Sequence[Message], *, tick: Callable[[], None] = lambda: None) -> list[Case]:
    """Every example read by a pipeline that has seen none of its family: whether the intent is right."""
    cases: list[Case] = []
    for train, held in folds(examples):
        pipeline = Pipeline.trained([examples[i] for i in train])
        for place in held:
            truth = str(examples[place].get(INTENT))
            cases.append(_case(pipeline, str(examples[place].get(TEXT)), _means(truth)))
            tick()
    return cases


def links(asked: Sequence[Question], pipeline: Pipeline, *, tick: Callable[[], None] = lambda: None) -> list[Case]:
    """Every sentence with a name of the catalog: whether its programme is found, among few others at most."""
    cases: list[Case] = []
    for question in asked:
        cases.append(_case(pipeline, question.text, _links(question.programs)))
        tick()
    return cases


def _means(intent: str) -> Callable[[Reading], bool]:
    return lambda reading: reading.intent == intent


def _links(programs: frozenset[str]) -> Callable[[Reading], bool]:
    """Whether one of `programs` is among the few that a text was linked to."""
    most = max(FEW, len(programs))
    return lambda reading: len(reading.programs) <= most and bool(programs.intersection(reading.programs))


def agreement(texts: Sequence[str], pipeline: Pipeline) -> tuple[list[Case], list[Case]]:
    """For intents and for programmes: whether a perturbed text is read as its clean form is."""
    same_intent, same_programs = [], []
    for text in texts:
        (clean,) = pipeline.read([text])
        same_intent.append(_case(pipeline, text, _means(clean.intent)))
        if clean.programs:
            same_programs.append(_case(pipeline, text, _links(frozenset(clean.programs))))
    return same_intent, same_programs


def _case(pipeline: Pipeline, text: str, is_right: Callable[[Reading], bool]) -> Case:
    # Seeded by the text: the same text is changed alike wherever it stands, and in every run
    changed = {name: perturb(text, Random(f"{name} {text}")) for name, perturb in PERTURBATIONS.items()}
    changed = {name: other for name, other in changed.items() if other != text}
    clean, *readings = pipeline.read([text, *changed.values()])
    return Case(is_right(clean), {name: is_right(r) for name, r in zip(changed, readings, strict=True)})


def rows(cases: Sequence[Case]) -> list[Row]:
    """A row a perturbation, over the cases that it changes."""
    found = []
    for name in PERTURBATIONS:
        touched = [case for case in cases if name in case.perturbed]
        if touched:
            clean = 100 * sum(case.right for case in touched) / len(touched)
            changed = 100 * sum(case.perturbed[name] for case in touched) / len(touched)
            found.append(Row(name, len(touched), clean, changed))
    return found


def sample_texts(path: Path) -> list[str]:
    """What users say in a file of conversations, each once. Raises Advice with the line that cannot be read."""
    texts: dict[str, None] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Advice(
            f"SAMPLE のファイルが読めません: {path}（{error.strerror}）\nSAMPLE cannot be read: {path}"
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                texts.update(dict.fromkeys(str(turn["user"]) for turn in json.loads(line)["turns"]))
            except (ValueError, KeyError, TypeError) as error:
                raise Advice(
                    f'{path} の {number} 行目が読めません。{{"turns": [{{"user": "…"}}]}} の形で書いてください。\n'
                    f'{path}:{number}: not of the form {{"turns": [{{"user": "…"}}]}}'
                ) from error
    return list(texts)


def table(title: str, cases: Sequence[Case]) -> str:
    """The rows as people read them."""
    clean = 100 * sum(case.right for case in cases) / max(len(cases), 1)
    lines = [f"{title}: {len(cases)} texts, {clean:.1f} % as they are", f"{'':22s}{'texts':>6}  clean  changed   loss"]
    lines += [f"{r.perturbation:22s}{r.texts:6d} {r.clean:6.1f} {r.changed:8.1f} {r.loss:6.1f}" for r in rows(cases)]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """0 when no perturbation loses more than it may, 1 otherwise or with a message, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness", description=__doc__)
    parser.add_argument("--sample", type=Path, help="conversations, one JSON object a line")
    options = parser.parse_args(arguments)
    return exit_code(lambda: _main(options.sample))


def _main(sample: Path | None) -> int:
    texts = sample_texts(sample) if sample else []
    measured = measure(read_examples(EXAMPLES))
    print(table("intent of held-back utterances", measured.intents), end="\n\n")
    print(table("programme linked, every name of the catalog", measured.links), end="\n\n")
    if texts:
        same_intent, same_programs = agreement(texts, measured.pipeline)
        print(table("sample: intent as of the clean text", same_intent), end="\n\n")
        print(table("sample: programmes as of the clean text", same_programs), end="\n\n")
    intent, link = measured.worst_intent, measured.worst_link
    print(f"intent_loss_worst={intent.loss:.1f} ({intent.perturbation}; at most {INTENT_LOSS})")
    print(f"link_loss_worst={link.loss:.1f} ({link.perturbation}; at most {LINK_LOSS})")
    return 0 if intent.loss <= INTENT_LOSS and link.loss <= LINK_LOSS else 1


if __name__ == "__main__":
    sys.exit(main())
