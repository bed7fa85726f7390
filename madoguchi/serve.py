"""Opens the counter: a current model, a free port, and Rasa's server with the actions inside it.

Nothing here knows Rasa; madoguchi/channels/server.py does.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import socket
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from madoguchi.catalog import CatalogError, folder, prepared
from madoguchi.channels.postponed import postpone_tensorflow
from madoguchi.channels.widget import settings
from madoguchi.terminal import Advice, Elapsed, silence, stop_on_termination
from madoguchi.training import ensure_model

HOST = "127.0.0.1"
DEFAULT_PORT = 5005


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """To whom the counter opens: the connectors, and the address on which they listen."""

    command: str
    credentials: str
    host: str


# This machine only: the REST channel knows no passwords.
LOCAL = Profile(command="make serve", credentials="credentials.yml", host=HOST)
# Anybody: the website widget alone, with limits, for named websites.
PUBLIC = Profile(command="make serve-public", credentials="credentials.public.yml", host="0.0.0.0")


def require_free(port: int, profile: Profile = LOCAL) -> None:
    """Raise `Advice` when nobody can listen on `port` of the profile's address."""
    with socket.socket() as trial:
        # As the server itself will: a port that only waits for old connections to fade (TIME_WAIT) is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((profile.host, port))
            trial.listen(1)
        except OSError as error:
            raise Advice(_not_available(port, error, profile.command)) from error


def _not_available(port: int, error: OSError, command: str) -> str:
    other = port + 1 if port < 65535 else DEFAULT_PORT
    if error.errno == errno.EADDRINUSE:
        return (
            f"ポート {port} はほかのプログラムが使っています(すでに窓口が開いているのかもしれません)。\n"
            f"  別のポートで開く: {command} PORT={other}\n"
            f"Port {port} is taken by another program, perhaps by a counter that is already open.\n"
            f"  Use another one: {command} PORT={other}"
        )
    if error.errno == errno.EACCES:
        return (
            f"ポート {port} は管理者しか使えません。1024 以上のポートで開いてください: {command} PORT={DEFAULT_PORT}\n"
            f"Port {port} needs administrator's rights. Use one from 1024 on: {command} PORT={DEFAULT_PORT}"
        )
    return (
        f"ポート {port} を使えません({error.strerror})。別のポートで: {command} PORT={other}\n"
        f"Port {port} cannot be used ({error.strerror}). Try another: {command} PORT={other}"
    )


def explain(error: BaseException, *, model: Path, log: Path) -> str:
    """The words for an error that kept the server from starting; the traceback goes to `log`."""
    chain = list(_chain(error))
    for link in chain:
        if isinstance(link, CatalogError):
            return _mend(link)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    root = chain[-1]
    what = f"{type(root).__name__}: {root}"
    where = Path(log.parent.parent.name, log.parent.name, log.name)
    return (
        f"窓口を開けませんでした: {what}\n"
        f"  モデルが原因と思われるときは models/{model.name} を消してから、もう一度実行してください。\n"
        f"  詳しい記録: {where}\n"
        f"The server could not start: {what}\n"
        f"  If the model is to blame, delete models/{model.name} and try again. Details: {where}"
    )


def _mend(error: CatalogError) -> str:
    return (
        "制度データに直すところがあります。下の箇所を直して、もう一度実行してください。\n"
        "The program data need mending at these places; then run this again.\n\n"
        f"{error}"
    )


def require_program_data(project: Path) -> None:
    """Raise `Advice` with every place to mend when the program data cannot be used."""
    try:
        prepared(folder(), keeping=project / "var/catalog")
        gc.freeze()  # it stays: the garbage collections of the rest of the start need not look through it
    except CatalogError as error:
        raise Advice(_mend(error)) from error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, outermost first: Rasa wraps what happens inside a component."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        yield link
        seen.add(id(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def serve(project: Path, *, port: int, profile: Profile = LOCAL) -> None:
    """Serve until Ctrl-C or SIGTERM; raises `Advice` when the counter cannot open."""
    # What can be known at once comes before the training, which takes a while.
    require_free(port, profile)
    widget = settings.read_file(project / profile.credentials)
    require_program_data(project)
    model = ensure_model(project)
    (project / "var").mkdir(exist_ok=True)
    progress = Elapsed("起動しています / starting")
    silence()
    postpone_tensorflow()
    # Imports Rasa, some seconds: not before the port and the model are known to be there.
    from madoguchi.channels.server import run_server

    def ready() -> None:
        progress.erase()
        print(f"窓口を開きました / ready: http://{profile.host}:{port} (Ctrl-C で終了)", flush=True)
        if widget is not None and widget.public:
            print(f"  使えるサイト / for the pages of: {' '.join(widget.origins)}", flush=True)
        elif widget is not None and (widget.web / "demo.html").exists():
            print(f"  見本のページ / demonstration: http://{profile.host}:{port}/webhooks/widget/demo", flush=True)

    # Training takes long enough for another program to take the port.
    require_free(port, profile)
    try:
        run_server(
            model,
            host=profile.host,
            port=port,
            endpoints=project / "endpoints.yml",
            credentials=project / profile.credentials,
            on_ready=ready,
        )
    except Advice:
        progress.close()
        raise
    except Exception as error:
        progress.close()
        raise Advice(explain(error, model=model, log=project / "var" / "log" / "server.log")) from error


def _port(text: str) -> int:
    with contextlib.suppress(ValueError):
        if 1 <= int(text) <= 65535:
            return int(text)
    raise argparse.ArgumentTypeError(f"1 から 65535 までの数を書いてください / a number from 1 to 65535, not {text!r}")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 after Ctrl-C or SIGTERM, 1 with a message when the counter cannot open."""
    parser = argparse.ArgumentParser(prog="python -m madoguchi.serve", description="窓口を開く / open the counter")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT)
    parser.add_argument("--public", action="store_true", help="訪問者に / for visitors: the widget alone, limits on")
    parser.add_argument("--host", help="待ち受けるアドレス / the address to listen on")
    parser.add_argument("--credentials", help="入口の設定ファイル / the file that names the connectors")
    options = parser.parse_args(arguments)
    profile = PUBLIC if options.public else LOCAL
    profile = replace(
        profile, host=options.host or profile.host, credentials=options.credentials or profile.credentials
    )
    stop_on_termination()
    try:
        serve(Path.cwd(), port=options.port, profile=profile)
    except Advice as advice:
        print(f"\n{advice}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        # While it was still starting; later Rasa's server takes the signal itself.
        print(file=sys.stderr)
    print("窓口を閉じました / closed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
