"""Runs a model's graph node by node, without dask: a scheduler for clusters costs more here than the nodes.

Nothing of Rasa is replaced here: `GraphRunner` is its interface for this, and the nodes are made by its own runner.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import GraphComponent, GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Step = tuple[str, GraphNode, tuple[str, ...]]  # a node's name, the node, and the names of those it needs


class SequentialGraphRunner(DaskGraphRunner):
    """A graph runner that runs each node once, after those that it needs, in an order that is worked out once."""

    @classmethod
    def instead_of(cls, runner: DaskGraphRunner) -> SequentialGraphRunner:
        """A runner of the same nodes."""
        made = cls.__new__(cls)
        made.__dict__.update(runner.__dict__, _plans={})
        return made

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._plans: dict[tuple[str, ...], list[Step]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of `targets`, or of all targets of the graph, by name.

        Errors of a component reach the caller as with Rasa's own runner: GraphNode wraps them.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        results: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._steps(wanted):
            if name not in results:
                # A node names in its warning what could not be resolved
                results[name] = node(*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    def components(self) -> list[GraphComponent]:
        """What runs in the nodes."""
        return [node._component for node in self._instantiated_nodes.values()]

    def _steps(self, targets: tuple[str, ...]) -> list[Step]:
        if targets not in self._plans:
            plan: dict[str, Step] = {}
            for target in targets:
                self._plan(target, plan)
            self._plans[targets] = list(plan.values())
        return self._plans[targets]

    def _plan(self, name: str, plan: dict[str, Step]) -> None:
        """Add the node and all that it needs, those first; inputs, which are no nodes, need nothing."""
        if name in plan or name not in self._graph_schema.nodes:
            return
        needs = tuple(self._graph_schema.nodes[name].needs.values())
        for need in needs:
            self._plan(need, plan)
        plan[name] = (name, self._instantiated_nodes[name], needs)
