"""Opens the counter: a current model, a free port, and Rasa's server with the actions inside it.

Nothing here knows Rasa; madoguchi/channels/server.py does.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import socket
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from madoguchi.catalog import CatalogError, folder, load
from madoguchi.terminal import Advice, Elapsed, silence, stop_on_termination
from madoguchi.training import ensure_model

# The local profile serves this machine only; the REST channel knows no passwords.
HOST = "127.0.0.1"
DEFAULT_PORT = 5005
# What madoguchi/channels/widget serves to show itself
DEMONSTRATION = "/webhooks/widget/demo"


def require_free(port: int) -> None:
    """Raise `Advice` when nobody can listen on `port` of this machine."""
    with socket.socket() as trial:
        # As the server itself will: a port that only waits for old connections to fade (TIME_WAIT) is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
            trial.listen(1)
        except OSError as error:
            raise Advice(_not_available(port, error)) from error


def _not_available(port: int, error: OSError) -> str:
    other = port + 1 if port < 65535 else DEFAULT_PORT
    if error.errno == errno.EADDRINUSE:
        return (
            f"ポート {port} はほかのプログラムが使っています(すでに窓口が開いているのかもしれません)。\n"
            f"  別のポートで開く: make serve PORT={other}\n"
            f"Port {port} is taken by another program, perhaps by a counter that is already open.\n"
            f"  Use another one: make serve PORT={other}"
        )
    if error.errno == errno.EACCES:
        return (
            f"ポート {port} は管理者しか使えません。1024 以上のポートで開いてください: make serve PORT={DEFAULT_PORT}\n"
            f"Port {port} needs administrator's rights. Use one from 1024 on: make serve PORT={DEFAULT_PORT}"
        )
    return (
        f"ポート {port} を使えません({error.strerror})。別のポートで: make serve PORT={other}\n"
        f"Port {port} cannot be used ({error.strerror}). Try another: make serve PORT={other}"
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
        f"  モデルが原因と思われるときは models/{model.name} を消してから、もう一度 make serve を実行してください。\n"
        f"  詳しい記録: {where}\n"
        f"The server could not start: {what}\n"
        f"  If the model is to blame, delete models/{model.name} and run make serve again. Details: {where}"
    )


def _mend(error: CatalogError) -> str:
    return (
        "制度データに直すところがあります。下の箇所を直して、もう一度実行してください。\n"
        "The program data need mending at these places; then run this again.\n\n"
        f"{error}"
    )


def require_program_data() -> None:
    """Raise `Advice` with every place to mend when the program data cannot be used."""
    try:
        load(folder())
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


def serve(project: Path, *, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM; raises `Advice` when the counter cannot open."""
    # What can be known at once comes before the training, which takes a while.
    require_free(port)
    require_program_data()
    model = ensure_model(project)
    (project / "var").mkdir(exist_ok=True)
    progress = Elapsed("起動しています / starting")
    silence()
    # Imports TensorFlow with Rasa, some seconds: not before the port and the model are known to be there.
    from madoguchi.channels.server import run_server

    def ready() -> None:
        progress.erase()
        print(f"窓口を開きました / ready: http://{HOST}:{port} (Ctrl-C で終了)", flush=True)
        if (project / "web" / "demo.html").exists():
            print(f"ウィジェットの見本 / the widget's demonstration: http://{HOST}:{port}{DEMONSTRATION}", flush=True)

    # Training takes long enough for another program to take the port.
    require_free(port)
    try:
        run_server(
            model,
            host=HOST,
            port=port,
            endpoints=project / "endpoints.yml",
            credentials=project / "credentials.yml",
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
    options = parser.parse_args(arguments)
    stop_on_termination()
    try:
        serve(Path.cwd(), port=options.port)
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
