"""The widget's connector. In a credentials file:

madoguchi.channels.widget.channel.WidgetChannel:
  origins: [https://www.example.jp]
"""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from madoguchi import catalog
from madoguchi.channels.widget import settings
from madoguchi.channels.widget.api import Api
from madoguchi.channels.widget.bot import CHANNEL
from madoguchi.channels.widget.files import Files
from madoguchi.channels.widget.guard import protect
from madoguchi.channels.widget.settings import Settings
from madoguchi.channels.widget.static import DEMONSTRATION, add_files

PREFIX = f"/webhooks/{CHANNEL}"


class WidgetChannel(InputChannel):
    """The website widget's server side."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Where it is: /webhooks/widget."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, object] | None) -> WidgetChannel:
        """The channel for a credentials file's entry. Raises `Advice` where the entry cannot be used."""
        return cls(settings.read(credentials or {}))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, with the guard around the whole server."""
        files = Files.read(self._settings.web)
        shown = DEMONSTRATION in files and not self._settings.public
        blueprint = _Guarded(self._settings, home=f"{PREFIX}/demo" if shown else None)
        api = Api(self._settings, catalog=catalog.load(catalog.folder()))
        api.add_to(blueprint)
        add_files(blueprint, files, prefix=PREFIX, demonstration=shown)

        async def open_(app: Sanic, loop: AbstractEventLoop) -> None:
            # No processor: `rasa run` could not load the model, has said so, and goes on
            if app.ctx.agent.processor is not None:
                api.open(app.ctx.agent, handle=on_new_message)

        async def close(app: Sanic, loop: AbstractEventLoop) -> None:
            await api.close()

        blueprint.listener("after_server_start")(open_)
        blueprint.listener("before_server_stop")(close)
        return blueprint


class _Guarded(Blueprint):
    """A blueprint that guards its app when it is registered: the one moment between Rasa's own set-up and the start."""

    def __init__(self, settings: Settings, *, home: str | None) -> None:
        super().__init__("widget")
        self.ctx.guard = (settings, home)

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        settings, home = self.ctx.guard
        protect(app, settings, prefix=PREFIX, home=home)
        super().register(app, options)
