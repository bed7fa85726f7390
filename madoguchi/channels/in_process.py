"""Actions inside the server's process: no second server, no HTTP between the two.

In credentials.yml, because a connector is the place where Rasa lets a project add to a running server:

    madoguchi.channels.in_process.InProcessActions:

Without that line Rasa calls the action server that endpoints.yml names; the actions are the same.
"""

from __future__ import annotations

import gc
import json
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Blueprint, Sanic

from madoguchi import catalog
from madoguchi.channels.processor import quicken

# Where actions run when Rasa's action server runs them, and so what the log calls an endpoint without one.
NOWHERE = "in-process"


class InProcessEndpoint(EndpointConfig):
    """Rasa's address of the action server, except that the call stays in this process."""

    is_local = True

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__(url=NOWHERE)
        self._executor = executor

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The events and responses of the action that `json` names, as the action server would return them.

        Raises ClientResponseError with the status and body that the action server would send: 400 when the action
        declines to run, 404 when there is none of that name. Any other error of an action reaches Rasa as it is, so
        that Rasa's log shows where it happened.
        """
        try:
            result = await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as error:
            raise _refusal(400, "Bad Request", error) from error
        except ActionNotFoundException as error:
            raise _refusal(404, "Not Found", error) from error
        # Through JSON as on the wire: what would fail with an action server fails here too, and Rasa, which takes
        # the responses apart, does so with a copy.
        copied: dict[str, Any] | None = json.loads(json.dumps(result))
        return copied


def _refusal(
    status: int, reason: str, error: ActionExecutionRejection | ActionNotFoundException
) -> ClientResponseError:
    """What rasa_sdk.endpoint answers for `error`; Rasa reads `action_name` and `error` from the body."""
    body = json.dumps({"error": error.message, "action_name": error.action_name})
    return ClientResponseError(status, reason, body)


def in_process_endpoint(package: str = "actions") -> EndpointConfig:
    """An action endpoint that runs the actions of `package` here, for a server or for `Agent.load(action_endpoint=)`.

    A module that cannot be imported is logged and ends the process, as it ends Rasa's action server.
    """
    executor = ActionExecutor()
    executor.register_package(package)
    return InProcessEndpoint(executor)


class InProcessActions(InputChannel):
    """A connector that receives nothing: it gives the server's agent the in-process endpoint when the server starts."""

    @classmethod
    def name(cls) -> str:
        """The connector's name, which Rasa also makes its (empty) URL prefix."""
        return "in_process_actions"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """A blueprint without routes. Actions are loaded now, so that what is wrong with them stops the start."""
        endpoint = in_process_endpoint()
        blueprint = Blueprint("in_process_actions", __name__)

        async def install(app: Sanic, loop: AbstractEventLoop) -> None:
            agent = app.ctx.agent
            agent.action_endpoint = endpoint
            # None when Rasa's own `rasa run` could not load the model; it has said so.
            if agent.processor is not None:
                agent.processor.action_endpoint = endpoint
            quicken(agent)
            _settle()

        blueprint.listener("after_server_start")(install)
        return blueprint


def _settle() -> None:
    """Make what the first question would wait for, and let the garbage collector leave alone what is there now.

    Looking at all of it holds up everybody; docs/adr/0004-quick-messages.md has how long.
    """
    catalog.prepared(catalog.folder())
    gc.collect()
    gc.freeze()
