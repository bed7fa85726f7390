"""Where the time of a message goes, part by part: `python -m benchmarks.rooms`.

The agent that `make serve` runs answers the bench's conversations in this process, under cProfile. Time is given to the
part whose code, with what it calls outside the parts, spent it; the profiler makes small functions look dearer than
they are, so the shares tell where to look, not how long a message takes (`make bench` does).
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import logging
import os
import pstats
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.utils.log_utils import configure_structlog

from benchmarks.wording import Conversations
from madoguchi import catalog, training
from madoguchi.channels.in_process import in_process_endpoint
from madoguchi.channels.processor import quick_agent
from madoguchi.channels.store import ConversationStore
from madoguchi.terminal import exit_code

ROOT = Path(__file__).resolve().parents[1]
SEED = 20103  # any number
WARM_UP, MESSAGES = 100, 600

# The parts of a message's way, each by where its code lies; the first that fits counts
PARTS = (
    ("names of the catalog (madoguchi/catalog)", "madoguchi/catalog/"),
    ("words, readings, numbers (madoguchi/japanese)", "madoguchi/japanese/"),
    ("kind of question (madoguchi/nlu)", "madoguchi/nlu/"),
    ("answer (madoguchi/answers)", "madoguchi/answers/"),
    ("actions (actions)", "/actions/"),
    ("channel, processor, store (madoguchi/channels)", "madoguchi/channels/"),
    ("Rasa: policies and rules (rasa/core)", "rasa/core/"),
    ("Rasa: graph, events, domain (rasa)", "/rasa/"),
    ("sentence encoder", "universal_sentence_encoder"),
    ("Rasa SDK", "rasa_sdk/"),
)
Function = tuple[str, int, str]


def main() -> int:
    """Run the profile and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--functions", type=int, default=12, metavar="N", help="how many single functions are shown")
    functions = parser.parse_args().functions

    def work() -> int:
        print(table(profiled(), functions=functions))
        return 0

    return exit_code(work)


def profiled() -> pstats.Stats:
    """What cProfile saw while the bench's conversations were answered."""
    conversations = Conversations.from_file(catalog.load(catalog.folder()), seed=SEED)
    texts = [[message.text for message in one] for one in conversations.holding(WARM_UP + MESSAGES)]
    configure_structlog(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("MADOGUCHI_CONVERSATIONS", None)
        store = ConversationStore(db=str(Path(folder) / "conversations.db"))
        model = training.model_file(ROOT)
        agent = quick_agent(model, tracker_store=store, action_endpoint=in_process_endpoint())
        profile = cProfile.Profile()
        asyncio.run(_answer(agent, texts, profile))
    return pstats.Stats(profile)


async def _answer(agent: Agent, conversations: list[list[str]], profile: cProfile.Profile) -> None:
    answered = 0
    for number, texts in enumerate(conversations):
        for text in texts:
            if answered == WARM_UP:
                profile.enable()
            await agent.handle_message(UserMessage(text, CollectingOutputChannel(), f"profile-{number}"))
            answered += 1
            if answered == WARM_UP + MESSAGES:
                break
    profile.disable()


def part_of(file: str) -> str:
    """The part that a source file belongs to; "" for what is called by all: Python's library, NumPy, SQLite."""
    return next((name for name, mark in PARTS if mark in file), "")


def shares(stats: pstats.Stats) -> dict[str, float]:
    """The seconds of each part: its own functions' time, and that of the library functions that they called."""
    seconds: dict[str, float] = defaultdict(float)
    for function, (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        part = part_of(function[0])
        if part or not callers:
            seconds[part or "Python's own library, event loop"] += own
            continue
        for caller, (_, _, spent, _) in callers.items():
            seconds[part_of(caller[0]) or "Python's own library, event loop"] += spent
    return dict(seconds)


def table(stats: pstats.Stats, *, functions: int) -> str:
    """The parts, dearest first, and the single functions with most time of their own."""
    parts = sorted(shares(stats).items(), key=lambda item: -item[1])
    whole = sum(seconds for _, seconds in parts)
    lines = ["| part | share | ms a message, under the profiler |", "|---|---:|---:|"]
    lines += [f"| {name} | {s / whole:.0%} | {1000 * s / MESSAGES:.2f} |" for name, s in parts]
    lines += ["", "| function | own share | calls a message |", "|---|---:|---:|"]
    ranked = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:functions]  # type: ignore[attr-defined]
    for (file, _, name), (_, calls, own, _, _) in ranked:
        place = "/".join(Path(file).parts[-2:]) if file not in ("~", "") else "built in"
        lines.append(f"| `{name}` ({place}) | {own / whole:.1%} | {calls / MESSAGES:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
