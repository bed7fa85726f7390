"""madoguchi.channels.runner: the same graph, the same results, without a scheduler."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from madoguchi.channels.runner import SequentialGraphRunner


class Add(GraphComponent):
    """Adds what it is given, and counts how often it was asked."""

    asked = 0

    @classmethod
    def create(cls, config: dict[str, Any], **_: Any) -> Add:  # type: ignore[override]
        return cls()

    def add(self, **numbers: int) -> int:
        Add.asked += 1
        return sum(numbers.values())

    def fail(self, **numbers: int) -> int:
        raise ZeroDivisionError("where it broke")


def node(needs: dict[str, str], *, fn: str = "add") -> SchemaNode:
    return SchemaNode(needs=needs, uses=Add, constructor_name="create", fn=fn, config={}, eager=True)


# seven and eight need the same node, which needs both inputs
SCHEMA = GraphSchema(
    {
        "eight": node({"a": "sum", "b": "one"}),
        "sum": node({"a": "one", "b": "two", "c": "two"}),
        "seven": node({"a": "sum", "b": "sum"}),
        "broken": node({"a": "one"}, fn="fail"),
    }
)
INPUTS = {"one": 1, "two": 2}


def runners() -> list[DaskGraphRunner]:
    made = [cls.create(SCHEMA, None, ExecutionContext(SCHEMA)) for cls in (DaskGraphRunner, SequentialGraphRunner)]
    return [*made, SequentialGraphRunner.instead_of(made[0])]


@pytest.mark.parametrize("targets", [["eight"], ["seven"], ["seven", "eight"], ["sum", "eight", "seven"]])
def test_Rasaの実行役と同じ結果になる(targets: list[str]) -> None:
    results = [runner.run(inputs=INPUTS, targets=targets) for runner in runners()]
    assert results[0] == results[1] == results[2]
    assert list(results[1]) == targets


def test_どの節も一度だけ動く() -> None:
    runner = runners()[1]
    for _ in range(2):
        Add.asked = 0
        runner.run(inputs=INPUTS, targets=["seven", "eight"])
        assert Add.asked == 3


def test_入力は回ごとに替わる() -> None:
    runner = runners()[1]
    assert runner.run(inputs=INPUTS, targets=["sum"]) == {"sum": 5}
    assert runner.run(inputs={"one": 10, "two": 20}, targets=["sum"]) == {"sum": 50}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_部品の誤りは同じように伝わる(number: int) -> None:
    with pytest.raises(GraphComponentException) as caught:
        runners()[number].run(inputs=INPUTS, targets=["broken"])
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
