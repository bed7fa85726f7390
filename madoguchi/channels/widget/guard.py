"""What holds for every response of a server with the widget, whoever made it: headers, preflights, plain errors."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanic import Sanic
from sanic.exceptions import InvalidUsage, MethodNotSupported, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, redirect

from madoguchi.channels.widget import headers
from madoguchi.channels.widget.api import refusal
from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.origins import Origins
from madoguchi.channels.widget.settings import Settings
from madoguchi.channels.widget.visitors import is_proxy

# A visitor's browser sends a request at once; who trickles one in holds a connection that others need
SLOWEST_REQUEST = 15
IDLE_CONNECTION = 15

_PROBLEMS: Mapping[type[Exception], Problem] = {
    NotFound: Problem.NOT_FOUND,
    MethodNotSupported: Problem.METHOD,
    PayloadTooLarge: Problem.TOO_LARGE,
    InvalidUsage: Problem.BAD_REQUEST,
}


def protect(app: Sanic, settings: Settings, *, prefix: str, home: str | None) -> None:
    """Guard `app`; `prefix` is the widget's, `home` the page to which `/` leads, if it leads anywhere."""
    origins = Origins(settings.origins)
    # Where other connectors serve as well (the local profile), what is not ours keeps its own ways
    ours = "/" if settings.public else f"{prefix}/"
    if settings.public:
        app.config.REQUEST_MAX_SIZE = settings.largest_body
        app.config.REQUEST_TIMEOUT = SLOWEST_REQUEST
        app.config.KEEP_ALIVE_TIMEOUT = IDLE_CONNECTION

    async def before(request: Request) -> HTTPResponse | None:
        if request.path == "/" and home:
            return redirect(home)
        if request.path == "/" and settings.public:
            return refusal(Declined(Problem.NOT_FOUND))  # instead of Rasa's greeting with its version
        if request.method == "OPTIONS" and request.path.startswith(f"{prefix}/"):
            return empty(headers=origins.preflight(request.headers.get("origin")))
        return None

    async def after(request: Request, response: HTTPResponse) -> None:
        tls = request.scheme == "https" or (
            is_proxy(request.ip, proxies=settings.proxies)
            and request.headers.get("x-forwarded-proto", "").strip().lower() == "https"
        )
        for name, value in headers.security(tls=tls).items():
            response.headers.setdefault(name, value)

    async def failed(request: Request, error: Exception) -> HTTPResponse:
        if not request.path.startswith(ours):
            return request.app.error_handler.default(request, error)
        if isinstance(error, SanicException):
            found = next((problem for kind, problem in _PROBLEMS.items() if isinstance(error, kind)), None)
            response = refusal(Declined(found or Problem.BAD_REQUEST))
            response.status = error.status_code
            return response
        return refusal(Declined(Problem.FAILED))

    _leave_to_us(app, prefix)
    app.register_middleware(before, "request")
    app.register_middleware(after, "response")
    app.error_handler.add(Exception, failed)


def _leave_to_us(app: Sanic, prefix: str) -> None:
    """Keep Sanic-CORS, which Rasa installs for all paths, off ours: it would answer every preflight before us, with its
    one list of origins for all connectors (`rasa run --cors`)."""
    installed = getattr(app.ctx, "sanic_cors", None)
    if installed is not None:
        others = re.compile(rf"(?!{re.escape(prefix)}/)/.*")
        installed.resources = [(others, options) for _, options in installed.resources]
