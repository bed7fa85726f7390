"""Stock Rasa and madoguchi, one after the other on this machine: `make bench`.

README.md beside this file says what is compared and how to read what is printed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.comparison import Catalogs, Figures, Lags, Load, targets
from benchmarks.generated import generate
from benchmarks.measuring import percentile
from benchmarks.systems import (
    MADOGUCHI,
    ROOT,
    SPACY,
    SYSTEMS,
    WORKSHOP,
    Server,
    System,
    Training,
    busy_cores,
    install_extras,
    require_ports,
    versions,
)
from benchmarks.users import Round, heard, play
from benchmarks.wording import Conversations
from madoguchi import catalog
from madoguchi.serve import DEFAULT_PORT
from madoguchi.terminal import Advice, exit_code

SEED = 20101  # any number: the same for all systems, so that they are asked the same things in the same order
WARM_UP = 40  # messages that are not timed: the first ones pay for what is loaded when it is first needed
EARLY, LATE = 3, 300  # the turns of one conversation that are compared
PROGRAMS = 10_000
QUIET_LOAD = 0.5  # processes that want a core; above that somebody else is at work


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `loads` has the messages for each number of users; of these so many are sent as are
    answered in `longest` seconds. `messages` are those before memory is read again."""

    starts: int
    loads: dict[int, int]
    messages: int
    long_conversations: int
    longest: float = math.inf


FULL = Plan(starts=3, loads={1: 500, 8: 2000, 64: 2000}, messages=10_000, long_conversations=3)
# A stock assistant answers 20 to 50 messages a second: ten thousand of them would take it six minutes and tell no more.
FULL_STOCK = Plan(starts=2, loads={1: 500, 8: 2000, 64: 2000}, messages=2000, long_conversations=1, longest=30.0)
# One conversation of three hundred turns takes it two minutes.
QUICK_STOCK = Plan(starts=1, loads={1: 100, 8: 200, 64: 200}, messages=600, long_conversations=0, longest=15.0)
# Two starts: the first one reads the catalog, the others fetch it
QUICK_OURS = Plan(starts=2, loads={1: 500, 8: 1000, 64: 1000}, messages=4000, long_conversations=1)
# A stock assistant trains for half an hour. Epochs change how often it is right, not how fast it answers; where there
# were fewer, the table says so, and its training can only show how much longer it takes at least.
QUICK_EPOCHS = 1


def say(text: str) -> None:
    """Progress, apart from the result on standard output."""
    print(f"{datetime.datetime.now():%H:%M:%S}  {text}", file=sys.stderr, flush=True)


def measure(system: System, plan: Plan, training: Training, *, port: int) -> Figures:
    """Everything that is measured of one assistant with the catalog that it has."""
    figures = Figures(training)
    conversations = Conversations.from_file(catalog.load(catalog.folder()), seed=SEED)
    for _ in range(plan.starts - 1):
        with system.running(port, conversations) as server:
            figures.starts.append(server.seconds_to_first_answer)
            say(f"{system.title}: 最初の返事まで / first answer after {server.seconds_to_first_answer:.1f} s")
    rounds: list[Round] = []
    with system.running(port, conversations) as server:
        figures.starts.append(server.seconds_to_first_answer)
        say(f"{system.title}: 最初の返事まで / first answer after {server.seconds_to_first_answer:.1f} s")
        figures.start_cpu = server.cpu_seconds_to_first_answer
        server.settle()
        figures.idle = server.memory()
        rounds.append(play(server.address, conversations.holding(WARM_UP), users=1))
        figures.warm = server.memory()
        for users, messages in plan.loads.items():
            before, actions_before = server.cpu_seconds(), server.actions_cpu_seconds()
            # Every user needs a conversation of its own, and whoever is ready first takes the next one.
            rounds.append(
                play(
                    server.address,
                    conversations.holding(messages + 10 * users),
                    users=users,
                    messages=messages,
                    longest=plan.longest,
                )
            )
            figures.loads[users] = _load(rounds[-1])
            if users == 1:
                asked = len(rounds[-1].asked)
                figures.cpu_per_message = (server.cpu_seconds() - before) / asked
                figures.actions_cpu_per_message = (server.actions_cpu_seconds() - actions_before) / asked
            say(f"{system.title}: {users} 人 / users: {rounds[-1].per_second:.1f} messages/s, p50 {_ms(rounds[-1])} ms")
        rest = plan.messages - sum(len(done.asked) for done in rounds)
        if rest > 0:
            rounds.append(play(server.address, conversations.holding(rest + 80), users=8, messages=rest))
        figures.after = server.memory()
        figures.messages_until_memory = sum(len(done.asked) for done in rounds)
        if plan.long_conversations:
            _converse_long(server, conversations, plan.long_conversations, rounds, figures)
    figures.asked, figures.right = sum(len(done.asked) for done in rounds), sum(done.right for done in rounds)
    figures.stored_per_turn = system.stored() / figures.asked
    figures.errors = dict(sum((done.failures for done in rounds), Counter()))
    _write_wrong(system, rounds)
    return figures


def _converse_long(
    server: Server, conversations: Conversations, times: int, rounds: list[Round], figures: Figures
) -> None:
    """Compare the same questions around turn 3 and around turn 300 of one conversation."""
    period = conversations.period
    late = EARLY + -(-(LATE - EARLY) // period) * period  # the first turn from 300 on that asks what turn 3 asked
    early_seconds, late_seconds = [], []
    for _ in range(times):
        rounds.append(play(server.address, [conversations.long(late + period - 1)], users=1))
        seconds = [asked.seconds for asked in rounds[-1].asked]
        early_seconds += seconds[EARLY - 1 : EARLY - 1 + period]
        late_seconds += seconds[late - 1 : late - 1 + period]
    early_p50, late_p50 = percentile(early_seconds, 0.5), percentile(late_seconds, 0.5)
    say(f"{EARLY} 回目 / turn {EARLY}: {early_p50 * 1000:.1f} ms, {LATE} 回目 / turn {LATE}: {late_p50 * 1000:.1f} ms")
    figures.p50_early, figures.p50_late = early_p50, late_p50


def compare_catalogs(ours: Figures, *, port: int) -> Catalogs:
    """madoguchi with ten thousand programmes beside madoguchi with ours; it must have been measured with ours."""
    folder = generate(WORKSHOP / f"catalog-{PROGRAMS}", programs=PROGRAMS)
    say(f"{PROGRAMS:,} の制度を作りました / programmes were made")
    conversations = Conversations.from_file(catalog.load(catalog.folder()), seed=SEED + 1)
    starts, messages = [], QUICK_OURS.loads[1]
    for _ in range(2):
        with MADOGUCHI.running(port, conversations, MADOGUCHI_CATALOG=str(folder)) as server:
            starts.append(server.seconds_to_first_answer)
            say(f"{MADOGUCHI.title}: {PROGRAMS:,} の制度で最初の返事まで / first answer after {starts[-1]:.1f} s")
            play(server.address, conversations.holding(WARM_UP), users=1)
            done = play(server.address, conversations.holding(messages), users=1)
    say(f"{MADOGUCHI.title}: p50 {_ms(done)} ms, {done.right}/{len(done.asked)} 正しい / right")
    return Catalogs(
        programs=PROGRAMS,
        p50_ours=ours.loads[1].p50,
        p50_generated=done.quantile(0.5),
        start_ours=ours.start,
        first_start=starts[0],
        start_generated=starts[1],
    )


def measure_lags(*, port: int) -> Lags:
    """How long madoguchi's event loop was held, by one user and by eight at once; it must have been prepared."""
    conversations = Conversations.from_file(catalog.load(catalog.folder()), seed=SEED + 2)
    held, late = {}, {}
    with MADOGUCHI.with_connector("benchmarks.heartbeat.Heartbeat"), MADOGUCHI.running(port, conversations) as server:
        play(server.address, conversations.holding(WARM_UP), users=1)
        for users in (1, 8):
            heard(server.address)
            play(server.address, conversations.holding(500), users=users)
            held[users], late[users] = heard(server.address)
            say(f"{MADOGUCHI.title}: {users} 人 / users: 最長の一歩 / longest step {held[users] * 1000:.0f} ms")
    return Lags(held, late)


def _load(done: Round) -> Load:
    if not done.answered:
        raise Advice(f"返事がありません / nothing was answered: {dict(done.failures)}")
    return Load(
        users=done.users,
        messages=len(done.asked),
        per_second=done.per_second,
        p50=done.quantile(0.5),
        p95=done.quantile(0.95),
        p99=done.quantile(0.99),
    )


def _ms(done: Round) -> str:
    return f"{done.quantile(0.5) * 1000:.1f}" if done.answered else "-"


def _write_wrong(system: System, rounds: Sequence[Round]) -> None:
    """The replies that were not right, for whoever wonders why."""
    wrong = [asked for done in rounds for asked in done.asked if not asked.right]
    lines = [
        json.dumps(
            {"text": a.text, "expected": asdict(a.expected), "reply": a.reply, "failure": a.failure}, ensure_ascii=False
        )
        for a in wrong
    ]
    (WORKSHOP / f"wrong-{system.id}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def run(
    names: Sequence[str], *, quick: bool, busy: bool, port: int, epochs: int | None = None, keep: bool = False
) -> report.Run:
    """Measure the systems of these ids, in the order of SYSTEMS."""
    chosen = [system for system in SYSTEMS if system.id in names]
    # Known at once, and better heard before the trainings than after
    require_ports(port)
    load = os.getloadavg()[0]
    if load > QUIET_LOAD:
        say(f"機械がほかの仕事で忙しいので、数字は悪くなります / this machine is busy: load average {load:.1f}")
    if SPACY in chosen:
        install_extras()
    figures: dict[str, Figures] = {}
    catalogs: Catalogs | None = None
    lags: Lags | None = None
    cores = os.cpu_count() or 1
    epochs = epochs or (QUICK_EPOCHS if quick else None)
    trainings = {}
    for system in chosen:
        # Before the cores are made busy: a training is measured once, and without that.
        system.prepare()
        trainings[system] = system.train(epochs=epochs, keep=keep)
    with busy_cores(cores - 1 if busy else 0):
        for system, training in trainings.items():
            ours, stock = (QUICK_OURS, QUICK_STOCK) if quick else (FULL, FULL_STOCK)
            figures[system.id] = measure(system, stock if system.stock else ours, training, port=port)
        if MADOGUCHI in chosen:
            # Half an hour may lie behind us: what fails here leaves a gap in the table, and the reason above it.
            try:
                catalogs = compare_catalogs(figures[MADOGUCHI.id], port=port)
                lags = measure_lags(port=port)
            except Advice as advice:
                say(str(advice))
    return report.Run(
        day=datetime.date.today().isoformat(),
        machine=report.machine(),
        quick=quick,
        busy=cores - 1 if busy else 0,
        load=load,
        versions=dict(versions()),
        figures=figures,
        catalogs=catalogs,
        lags=lags,
        targets=targets(figures, catalogs, lags),
    )


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when everything was measured (whether or not the targets were met), 1 with a message, 130 after
    Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="this one and the next are used")
    parser.add_argument("--quick", action="store_true", help="fewer messages and starts; under ten minutes")
    parser.add_argument("--busy", action="store_true", help="all cores but one are kept busy with other work")
    parser.add_argument("--epochs", type=int, help="of a stock training, where there is no model of all its epochs yet")
    parser.add_argument("--keep", action="store_true", help="use stock models although the utterances changed since")
    parser.add_argument("--only", nargs="+", choices=[s.id for s in SYSTEMS], default=[s.id for s in SYSTEMS])
    options = parser.parse_args(arguments)
    return exit_code(lambda: _main(options), interrupted="測定をやめました / stopped")


def _main(options: argparse.Namespace) -> int:
    if not Path("/proc/self/smaps_rollup").exists():
        raise Advice("メモリーを /proc で測るので、Linux が要ります。 / Linux is needed: memory is read from /proc.")
    result = run(
        options.only,
        quick=options.quick,
        busy=options.busy,
        port=options.port,
        epochs=options.epochs,
        keep=options.keep,
    )
    print(report.table(result))
    report.save(result, WORKSHOP)
    if len(options.only) == len(SYSTEMS) and not options.quick:
        report.publish(result, ROOT / "docs/design")
    return 0


if __name__ == "__main__":
    sys.exit(main())
