"""Serves the widget's files: the loader for a short while, everything else under its version for ever."""

from __future__ import annotations

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from madoguchi.channels.widget import headers
from madoguchi.channels.widget.files import File, Files

LOADER = "widget.js"
DEMONSTRATION = "demo.html"
# The loader leads to the version of everything else: what a site shows is at most this old
LOADER_SECONDS = 300
FOREVER = f"public, max-age={headers.ONE_YEAR}, immutable"


def add_files(blueprint: Blueprint, files: Files, *, prefix: str, demonstration: bool) -> None:
    """Add the routes of `files` to a blueprint that is served below `prefix`."""
    present = f"v{files.digest}"
    methods = ["GET", "HEAD"]

    @blueprint.route(f"/{LOADER}", methods=methods, name="loader")
    async def loader(request: Request) -> HTTPResponse:
        cached = {"Cache-Control": f"public, max-age={LOADER_SECONDS}"}
        return _for_all(redirect(f"{prefix}/{present}/{LOADER}", headers=cached))

    @blueprint.route("/<version:v[0-9a-f]+>/<name:path>", methods=methods, name="versioned")
    async def versioned(request: Request, version: str, name: str) -> HTTPResponse:
        # A page is no part of the widget: as a document here it could run what the site's own policy forbids
        if name not in files or name.endswith(".html"):
            raise NotFound("no such file")
        if version != present:
            # A page that was opened before an upgrade still asks for what its loader named
            return _for_all(redirect(f"{prefix}/{present}/{name}", headers={"Cache-Control": "no-store"}))
        return _for_all(_sent(request, files[name], cache=FOREVER))

    if demonstration:

        @blueprint.route("/demo", methods=methods, name="demonstration")
        async def demonstrate(request: Request) -> HTTPResponse:
            response = _sent(request, files[DEMONSTRATION], cache="no-cache")
            response.headers["Content-Security-Policy"] = headers.DEMONSTRATION
            return response


def _sent(request: Request, file: File, *, cache: str) -> HTTPResponse:
    found = {"Cache-Control": cache, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if file.etag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=found)
    content = file.content
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, found["Content-Encoding"] = file.compressed, "gzip"
    if request.method == "HEAD":
        found["Content-Length"], content = str(len(content)), b""
    return raw(content, content_type=file.content_type, headers=found)


def _for_all(response: HTTPResponse) -> HTTPResponse:
    """Pages of every site may load it: it is the same public file for all of them."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
