"""What the assistant takes for its business: questions it must not answer, and questions it must not refuse.

    make bench-scope            # the figures
    make bench-scope SHOW=1     # and each sentence behind them

Plays tests/data/out_of_scope.txt and tests/data/in_scope.txt, sentences that are in no training file, one conversation
each, with the model of the present training data and the actions in this process. *Answered* means that facts, a
programme or the office of one were given; a plain refusal, the general office, "the documents do not state it" and a
question back are none. *Refused* means that a question was said to be none of the counter's business.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from madoguchi import catalog, training
from madoguchi.answers.reply import Outcome
from madoguchi.channels.in_process import in_process_endpoint
from madoguchi.terminal import Advice, Elapsed, exit_code

OUTSIDE = Path("tests/data/out_of_scope.txt")
INSIDE = Path("tests/data/in_scope.txt")


@dataclass(frozen=True)
class Said:
    """A sentence and how the assistant replied to it."""

    text: str
    outcome: str
    answered: bool
    lead: str
    intent: str
    confidence: float
    programs: tuple[str, ...] = ()  # what the reply is about, and what its facts belong to

    def line(self) -> str:
        return (
            f"{self.outcome:12s} {self.intent:16s} {self.confidence:.2f}  {self.text}  ->  {self.lead.splitlines()[0]}"
        )


@dataclass(frozen=True)
class Measured:
    """The replies to sentences that are none of the counter's business, and to those that are."""

    outside: tuple[Said, ...]
    inside: tuple[Said, ...]

    @property
    def answered(self) -> list[Said]:
        """What should not have been answered."""
        return [said for said in self.outside if said.answered]

    @property
    def refused(self) -> list[Said]:
        """What should not have been refused."""
        return [said for said in self.inside if said.outcome == Outcome.OUT_OF_SCOPE]


def sentences(file: Path) -> list[str]:
    """The lines of a file of sentences; raises `Advice` where there is none."""
    if not file.is_file():
        raise Advice(f"{file} がありません。\nThere is no {file}.")
    found = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    found = [line for line in found if line and not line.startswith("#")]
    if not found:
        raise Advice(f"{file} に文がありません。\n{file} has no sentences.")
    return found


def play(agent: Agent, texts: list[str], *, title: str) -> Iterator[Said]:
    """What the assistant says to each text, in a conversation of its own."""
    general = catalog.load(catalog.folder()).settings.general_contact
    progress = Elapsed(title)
    with asyncio.Runner() as loop:
        for number, text in enumerate(texts):
            parsed = loop.run(agent.parse_message(text))
            messages = loop.run(agent.handle_text(text, sender_id=f"{title}-{number}")) or []
            custom = next((message["custom"] for message in messages if "custom" in message), None)
            if custom is None:
                raise Advice(f"返事がありません: {text}\nNo reply to: {text}")
            intent = parsed["intent"]
            yield Said(
                text=text,
                outcome=custom["outcome"],
                answered=_answered(custom, general),
                lead=custom["lead"],
                intent=str(intent["name"]),
                confidence=float(intent["confidence"]),
                programs=tuple(program["id"] for program in custom["programs"]),
            )
            progress.tick()
    progress.done(title)


def _answered(custom: dict[str, Any], general: str) -> bool:
    offices = {contact["id"] for contact in custom["contacts"]} - {general}
    return custom["outcome"] == Outcome.ANSWERED and bool(custom["facts"] or custom["programs"] or offices)


def measure(model: Path) -> Measured:
    """What the assistant with this model says to all sentences of the two files."""
    texts = {file: sentences(file) for file in (OUTSIDE, INSIDE)}
    agent = Agent.load(model, action_endpoint=in_process_endpoint())
    outside, inside = (tuple(play(agent, texts[file], title=file.stem)) for file in (OUTSIDE, INSIDE))
    return Measured(outside, inside)


def report(measured: Measured) -> Iterator[str]:
    """The two rates, and how often each outcome came."""
    answered, refused = len(measured.answered), len(measured.refused)
    outside, inside = len(measured.outside), len(measured.inside)
    yield f"out_of_scope_answered={100 * answered / outside:.1f}  ({answered}/{outside})"
    yield f"in_scope_refused={100 * refused / inside:.1f}  ({refused}/{inside})"
    for name, group in (("out_of_scope", measured.outside), ("in_scope", measured.inside)):
        counts = Counter(said.outcome for said in group)
        yield f"{name}_outcomes: " + ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())


def main() -> int:
    """Exit code 0 with the figures on standard output, 1 with a message, 130 when interrupted."""
    arguments = argparse.ArgumentParser(prog="make bench-scope")
    arguments.add_argument("--show", action="store_true", help="the sentences behind the figures as well")
    show = arguments.parse_args().show
    configure_structlog(logging.ERROR)
    return exit_code(lambda: _main(show=show))


def _main(*, show: bool) -> int:
    measured = measure(training.ensure_model(Path.cwd()))
    if show:
        print("\n".join(said.line() for said in (*measured.answered, *measured.refused)))
    print("\n".join(report(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
