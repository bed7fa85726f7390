"""Whether the assistant comes to the programme that a message describes without saying its name.

    python -m benchmarks.described [--show GROUP]

`described.tsv` has three groups. Failures of those *read* were looked at while the rules were made. Failures of those
*kept* were not, but how many there are was counted at every step and the numbers in madoguchi/answers/subject.py were
chosen on both: neither is unseen. Those *fresh* were written when the rules were done, and changed none; they were one
ground to leave out a batch of situations. One person wrote all of them and many of the situations, so strangers' words
will be found less often.

On a line with several programmes each is right: a measure and its only budget line. Each message is a conversation of
its own with the model of the present training data. The search alone, whose first programme is
counted as well, knows nothing of names, cases or kinds of question.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from benchmarks.scope import Said, play
from benchmarks.situation_search import ranking, read
from madoguchi import catalog, training
from madoguchi.channels.in_process import in_process_endpoint
from madoguchi.terminal import exit_code

DESCRIBED = Path(__file__).with_name("described.tsv")


def is_told(said: Said, right: frozenset[str]) -> bool:
    """Whether the reply is about one of the programmes that are right."""
    return said.answered and not right.isdisjoint(said.programs[:1])


def main() -> int:
    """Exit code 0 with the figures on standard output, 1 with a message, 130 when interrupted."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.described")
    arguments.add_argument("--show", help="the group whose failures are shown as well")
    show = arguments.parse_args().show
    configure_structlog(logging.ERROR)
    return exit_code(lambda: _main(show=show))


def _main(*, show: str | None) -> int:
    loaded = catalog.load(catalog.folder())
    index = catalog.facts_index(loaded)
    agent = Agent.load(training.ensure_model(Path.cwd()), action_endpoint=in_process_endpoint())
    for group, messages in read(DESCRIBED).items():
        replies = list(zip(messages, play(agent, [text for _, text in messages], title=group), strict=True))
        failed = [(right, said) for (right, _), said in replies if not is_told(said, right)]
        first = sum(bool(right.intersection(ranking(loaded, index, text)[:1])) for right, text in messages)
        if show == group:
            print("\n".join(f"{','.join(sorted(right))}: {said.line()}" for right, said in failed))
        told = len(messages) - len(failed)
        print(f"{group}: told {told}/{len(messages)}, first in the search alone {first}/{len(messages)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
