"""The assistant's intent pipeline on a public test: trained by Rasa as config.yml says, on somebody else's sentences.

    make bench-nlu DATA=<folder>          # accuracy on dev.jsonl: for choosing
    make bench-nlu DATA=<folder> TEST=1   # and on test.jsonl: once for each result that is written down
    make bench-nlu DATA=<folder> STOCK=1  # the same for Rasa's DIET, which takes the better part of an hour

The folder holds train.jsonl, dev.jsonl and test.jsonl, an object a line with `utt` and `intent`, as MASSIVE has them.
The linker looks for our programmes in them, too, and masks what it takes for one: one utterance in 150 of MASSIVE's.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from madoguchi.terminal import Advice, Elapsed, exit_code

OURS = Path("config.yml")
STOCK = Path(__file__).with_name("public_intents.yml")


@dataclass(frozen=True)
class Utterance:
    """A sentence, and the intent that people gave it."""

    text: str
    intent: str


@dataclass(frozen=True)
class Corpus:
    """A public test: what is learned, and what is asked; `test` is None where it shall not be looked at."""

    train: list[Utterance]
    dev: list[Utterance]
    test: list[Utterance] | None


@dataclass(frozen=True)
class Figures:
    """What one pipeline reaches. Accuracies and F1 are shares; None where that part was not asked for."""

    intent_accuracy_dev: float
    intent_accuracy_test: float | None
    intent_macro_f1_test: float | None
    train_seconds: float
    parse_ms_p50: float
    parse_ms_p95: float
    peak_rss_mb: float

    def lines(self, prefix: str = "") -> list[str]:
        """One figure a line, accuracies in per cent."""
        shown = {
            "intent_accuracy_dev": _percent(self.intent_accuracy_dev),
            "intent_accuracy_test": _percent(self.intent_accuracy_test),
            "intent_macro_f1_test": _percent(self.intent_macro_f1_test),
            "train_seconds": f"{self.train_seconds:.1f}",
            "parse_ms_p50": f"{self.parse_ms_p50:.2f}",
            "parse_ms_p95": f"{self.parse_ms_p95:.2f}",
            "peak_rss_mb": f"{self.peak_rss_mb:.0f}",
        }
        return [f"{prefix}{name}={value}" for name, value in shown.items() if value]


def read(file: Path) -> list[Utterance]:
    """The utterances of a JSON Lines file; raises `Advice` that names the line where one is broken."""
    if not file.is_file():
        raise Advice(
            f"{file} がありません。train.jsonl、dev.jsonl、test.jsonl のあるフォルダーを DATA= に書いてください。\n"
            f"There is no {file}. DATA= names a folder with train.jsonl, dev.jsonl and test.jsonl."
        )
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            row = json.loads(line)
            utterance = Utterance(text=row["utt"], intent=row["intent"])
            if not all(isinstance(value, str) and value.strip() for value in (utterance.text, utterance.intent)):
                raise ValueError("utt and intent are texts that are not empty")
        except (ValueError, KeyError, TypeError) as error:
            raise Advice(
                f"{file}:{number} が読めません: {error!r}\n"
                f'  一行に一つ、{{"utt": "文", "intent": "種類"}} の形で書いてください。\n'
                f"{file}:{number} cannot be read. Write one object a line, with utt and intent."
            ) from error
        found.append(utterance)
    if not found:
        raise Advice(f"{file} は空です。\n{file} is empty.")
    return found


def corpus(folder: str, *, test: bool) -> Corpus:
    """The public test in `folder`, with its test part if asked for; raises `Advice` where it cannot be used."""
    place = Path(folder)
    if not folder or not place.is_dir():
        raise Advice(
            f"フォルダー {folder!r} がありません。例: make bench-nlu DATA=/path/to/massive-ja-JP\n"
            f"There is no folder {folder!r}. Example: make bench-nlu DATA=/path/to/massive-ja-JP"
        )
    found = Corpus(read(place / "train.jsonl"), read(place / "dev.jsonl"), read(place / "test.jsonl") if test else None)
    check(found.train, {"dev.jsonl": found.dev, "test.jsonl": found.test or []})
    return found


def check(train: list[Utterance], held_out: dict[str, list[Utterance]]) -> None:
    """Raise `Advice` where an intent cannot be learned, or is asked for without having been."""
    known = Counter(utterance.intent for utterance in train)
    single = sorted(intent for intent, count in known.items() if count < 2)
    if single or len(known) < 2:
        named = ", ".join(single) or "、".join(known)
        raise Advice(
            f"train.jsonl には、2種類以上のインテントと、それぞれ2つ以上の例文が要ります。足りないもの: {named}\n"
            "  そのインテントの例文を足すか、その行を三つのファイルから除いてください。\n"
            f"train.jsonl needs two intents or more, with two examples or more each. Too few: {named}.\n"
            "  Add examples of these, or take their lines out of all three files."
        )
    for name, utterances in held_out.items():
        unknown = sorted({utterance.intent for utterance in utterances} - set(known))
        if unknown:
            raise Advice(
                f"{name} に、train.jsonl にないインテントがあります: {', '.join(unknown)}\n"
                f"{name} has intents that train.jsonl has not: {', '.join(unknown)}"
            )


def measure(config: Path, asked: Corpus) -> Figures:
    """What the pipeline of `config` reaches. Runs in a process of its own: memory is the highest it held."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog
    from sklearn.metrics import f1_score

    logging.getLogger().setLevel(logging.ERROR)
    configure_structlog(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # nothing learned before is used
        examples = [{"text": u.text, "intent": u.intent, "entities": []} for u in asked.train]
        # Rasa's JSON form takes a text as it is; its YAML form would read [brackets](so) as an annotation
        data = {"rasa_nlu_data": {"common_examples": examples}}
        (project / "nlu.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))
        pipeline.pop("policies", None)
        (project / "config.yml").write_text(yaml.safe_dump(pipeline, allow_unicode=True), encoding="utf-8")
        started = time.perf_counter()
        with contextlib.redirect_stdout(sys.stderr):  # Rasa says where the model lies; figures alone go to stdout
            model = train_nlu(str(project / "config.yml"), str(project / "nlu.json"), str(project / "models"))
        train_seconds = time.perf_counter() - started
        if not model:
            raise Advice("学習できませんでした。\nTraining failed.")
        agent = Agent.load(model)
        read_out(agent, [u.text for u in asked.dev[:20]])  # what is made at the first message is not a message's time
        said, milliseconds = read_out(agent, [u.text for u in asked.dev])
        said_test = read_out(agent, [u.text for u in asked.test])[0] if asked.test else []
    truth = [u.intent for u in asked.test or []]
    return Figures(
        intent_accuracy_dev=_accuracy(said, [u.intent for u in asked.dev]),
        intent_accuracy_test=_accuracy(said_test, truth) if asked.test else None,
        intent_macro_f1_test=float(f1_score(truth, said_test, average="macro")) if asked.test else None,
        train_seconds=train_seconds,
        parse_ms_p50=float(np.percentile(milliseconds, 50)),
        parse_ms_p95=float(np.percentile(milliseconds, 95)),
        peak_rss_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def main() -> int:
    """Exit code 0 with the figures on standard output, 1 with a message, 130 when interrupted."""
    arguments = argparse.ArgumentParser(prog="make bench-nlu", description=__doc__)
    arguments.add_argument("data", help="the folder with train.jsonl, dev.jsonl and test.jsonl")
    arguments.add_argument("--test", action="store_true", help="the figures of test.jsonl as well")
    arguments.add_argument("--stock", action="store_true", help="the same figures for Rasa's DIET")
    given = arguments.parse_args()
    return exit_code(lambda: _main(given.data, test=given.test, stock=given.stock))


def _main(data: str, *, test: bool, stock: bool) -> int:
    asked = corpus(data, test=test)
    for config, prefix in ((OURS, ""), (STOCK, "stock_"))[: 1 + stock]:
        print("\n".join(measured_apart(config, asked).lines(prefix)), flush=True)
    return 0


def measured_apart(config: Path, asked: Corpus) -> Figures:
    """`measure` in a new process, with the seconds on the terminal."""
    progress = Elapsed(f"{config.name} で学習して読ませています / training and reading")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        waiting = pool.apply_async(measure, (config, asked))
        while not waiting.ready():
            waiting.wait(0.5)
            progress.tick()
        progress.close()
        return waiting.get()


def read_out(agent: object, texts: list[str]) -> tuple[list[str], list[float]]:
    """The intent of each text, and the milliseconds each took."""
    from rasa.core.agent import Agent
    from rasa.nlu.classifiers.fallback_classifier import is_fallback_classifier_prediction, undo_fallback_prediction

    assert isinstance(agent, Agent)
    intents, milliseconds = [], []
    with asyncio.Runner() as loop:
        for text in texts:
            started = time.perf_counter()
            parsed = loop.run(agent.parse_message(text))
            milliseconds.append(1000 * (time.perf_counter() - started))
            if is_fallback_classifier_prediction(parsed):  # as `rasa test` counts: an intent is asked for, not doubt
                parsed = undo_fallback_prediction(parsed)
            intents.append(str(parsed["intent"]["name"]))
    return intents, milliseconds


def _accuracy(said: list[str], truth: list[str]) -> float:
    return sum(a == b for a, b in zip(said, truth, strict=True)) / len(truth)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f}"


if __name__ == "__main__":
    sys.exit(main())
