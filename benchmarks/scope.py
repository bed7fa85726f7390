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
from madoguchi.terminal import Advice, Elapsed, stop_on_termination

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

    def line(self) -> str:
        return (
            f"{self.outcome:12s} {self.intent:16s} {self.confidence:.2f}  {self.text}  ->  {self.lead.splitlines()[0]}"
        )


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
            )
            progress.tick()
    progress.done(title)


def _answered(custom: dict[str, Any], general: str) -> bool:
    offices = {contact["id"] for contact in custom["contacts"]} - {general}
    return custom["outcome"] == Outcome.ANSWERED and bool(custom["facts"] or custom["programs"] or offices)


def report(outside: list[Said], inside: list[Said]) -> Iterator[str]:
    """The two rates, and how often each outcome came."""
    answered = sum(said.answered for said in outside)
    refused = sum(said.outcome == Outcome.OUT_OF_SCOPE for said in inside)
    yield f"out_of_scope_answered={100 * answered / len(outside):.1f}  ({answered}/{len(outside)})"
    yield f"in_scope_refused={100 * refused / len(inside):.1f}  ({refused}/{len(inside)})"
    for name, group in (("out_of_scope", outside), ("in_scope", inside)):
        counts = Counter(said.outcome for said in group)
        yield f"{name}_outcomes: " + ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())


def main() -> int:
    """Exit code 0 with the figures on standard output, 1 with a message, 130 when interrupted."""
    arguments = argparse.ArgumentParser(prog="make bench-scope")
    arguments.add_argument("--show", action="store_true", help="the sentences behind the figures as well")
    show = arguments.parse_args().show
    stop_on_termination()
    configure_structlog(logging.ERROR)
    try:
        texts = {file: sentences(file) for file in (OUTSIDE, INSIDE)}
        agent = Agent.load(training.ensure_model(Path.cwd()), action_endpoint=in_process_endpoint())
        outside, inside = (list(play(agent, texts[file], title=file.stem)) for file in (OUTSIDE, INSIDE))
    except Advice as advice:
        print(f"\n{advice}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nやめました / interrupted", file=sys.stderr)
        return 130
    if show:
        wrong = [said for said in outside if said.answered]
        wrong += [said for said in inside if said.outcome == Outcome.OUT_OF_SCOPE]
        print("\n".join(said.line() for said in wrong))
    print("\n".join(report(outside, inside)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
