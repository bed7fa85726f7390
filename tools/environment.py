"""Makes .venv from requirements.lock, or says in two languages what stands in the way.

Run by the Makefile with whatever Python the machine has, so this file uses the standard library only and keeps to
syntax that Python 3.6 reads: a newcomer with the wrong Python must see our sentence, not a SyntaxError.
"""

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WANTED = (3, 11)
# The installed environment is 2.1 GB (`du -sh .venv`); pip unpacks one wheel more while it works.
NEEDED_BYTES = 3 * 1000**3
PACKAGE_LINE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==", re.MULTILINE)
# A user's settings that choose where packages come from. uv does not read them, so with one of them pip installs.
PIP_SOURCES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_PROXY", "PIP_CONFIG_FILE")
# A user's settings that would put the packages somewhere else than into .venv, or nowhere.
PIP_ELSEWHERE = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN")

DISK_SIGNS = ("No space left on device", "[Errno 28]", "os error 28")
HASH_SIGNS = ("DO NOT MATCH THE HASHES", "Hash mismatch")
# pip writes "Retrying" only when a connection broke. Every package of the lock exists on the public index, so an
# index that names no version at all was not reached either (pip says nothing else when PIP_RETRIES=0).
NETWORK_SIGNS = (
    "Retrying (Retry(",
    "(from versions: none)",
    "Max retries exceeded",
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "name resolution",
    "Name or service not known",
    "Network is unreachable",
    "ProxyError",
    "CERTIFICATE_VERIFY_FAILED",
    "IncompleteRead",
)


class CannotInstall(Exception):
    """The environment cannot be made; the text tells the user in Japanese and English what to do."""


def say(text, end="\n"):
    """Print UTF-8 whatever the locale says: with LANG=C an old Python would print escapes for Japanese."""
    sys.stderr.flush()
    sys.stderr.buffer.write((text + end).encode("utf-8"))
    sys.stderr.buffer.flush()


# --- what can stand in the way -------------------------------------------------------------------------------------


def wrong_python(found):
    """The message for a Python that is not 3.11; `found` is a version such as (3, 13, 0)."""
    version = ".".join(str(part) for part in found[:3])
    return (
        "Python 3.11 が必要です(見つかったのは Python {v} です)。\n"
        "  Debian / Ubuntu:  sudo apt install python3.11 python3.11-venv\n"
        "  macOS:            brew install python@3.11\n"
        "  pyenv:            pyenv install 3.11 のあと pyenv local 3.11\n"
        "  別の場所にあるとき: make serve PYTHON=/path/to/python3.11\n"
        "Python 3.11 is needed (this is Python {v}): Rasa 3.6 and its TensorFlow run on no later one.\n"
        "  Install it with one of the lines above, or name it: make serve PYTHON=/path/to/python3.11"
    ).format(v=version)


def no_venv_module():
    """The message for a Python without venv or ensurepip, as Debian packs it."""
    return (
        "この Python には仮想環境を作る部品(venv / ensurepip)がありません。\n"
        "  Debian / Ubuntu:  sudo apt install python3.11-venv\n"
        "  そのほか:          venv を含む Python 3.11 を使ってください(make serve PYTHON=/path/to/python3.11)\n"
        "This Python has no venv/ensurepip module. On Debian or Ubuntu: sudo apt install python3.11-venv;\n"
        "  elsewhere use a complete Python 3.11: make serve PYTHON=/path/to/python3.11"
    )


def disk_full(free_bytes=None):
    """The message for a full disk; `free_bytes` is what is left, where known."""
    left = "" if free_bytes is None else "(空き / free: {:.1f} GB)".format(free_bytes / 1e9)
    return (
        "ディスクの空きが足りません{left}。{need:.0f} GB ほど空けてから、もう一度 make を実行してください。\n"
        "The disk is full{left}. Free about {need:.0f} GB and run make again."
    ).format(left=left, need=NEEDED_BYTES / 1e9)


def no_network(log):
    """The message for an index that cannot be reached; `log` is the installer's log."""
    return (
        "パッケージを取得できません。ネットワークにつながっていないようです。\n"
        "  接続を確かめて、もう一度 make を実行してください(途中までの取得はむだになりません)。\n"
        "  プロキシがある場合は HTTPS_PROXY を、社内のミラーがある場合は PIP_INDEX_URL を設定してください。\n"
        "  記録: {log}\n"
        "The packages cannot be fetched: the network seems to be missing. Check the connection and run make again.\n"
        "  Behind a proxy set HTTPS_PROXY; with a mirror of your own set PIP_INDEX_URL. Log: {log}"
    ).format(log=log)


def wrong_hash(log):
    """The message for a package that is not the one requirements.lock was made with."""
    return (
        "取得したパッケージが requirements.lock のハッシュと一致しません。途中で壊れたか、差し替えられています。\n"
        "  ミラーやプロキシを使わずに、もう一度 make を実行してください。\n"
        "  続くときは、記録を添えてお知らせください: {log}\n"
        "A package differs from the one that requirements.lock names (hash mismatch): damaged or replaced on its way.\n"
        "  Run make again without a mirror or proxy; if it persists, report it with the log: {log}"
    ).format(log=log)


def other_failure(log, tail):
    """The message for any other failure: the log's last lines, which name the package."""
    return (
        "パッケージを入れられませんでした。下の記録の終わりを確かめてください(全文: {log})。\n"
        "  動作を確かめた環境は Linux x86-64 の Python 3.11 です。\n"
        "The packages could not be installed; the end of the log is below (all of it: {log}).\n"
        "  The lock was tried on Linux x86-64 with Python 3.11.\n\n{tail}"
    ).format(log=log, tail=tail)


def explain(output, log):
    """The message that fits what an installer printed; `output` is its text, `log` where the user finds it."""
    if any(sign in output for sign in DISK_SIGNS):
        return disk_full()
    if any(sign in output for sign in HASH_SIGNS):
        return wrong_hash(log)
    if any(sign in output for sign in NETWORK_SIGNS):
        return no_network(log)
    # "Location ... is ignored" is a warning about a find-links folder and tells the reader nothing.
    lines = [line for line in output.splitlines() if line.strip() and "is ignored: it is neither" not in line]
    return other_failure(log, "\n".join("    " + line for line in lines[-12:]))


def has_venv():
    """Whether this Python can make a virtual environment with pip inside."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


# --- is there anything to do? --------------------------------------------------------------------------------------


def stamp_of(lock, venv):
    """What the stamp says when `venv` holds the packages of `lock`; None when there is no such environment.

    Holds the place too: a virtual environment that was moved has scripts (`rasa`) that point to where it was.
    """
    config = os.path.join(venv, "pyvenv.cfg")
    if not (os.path.exists(python_of(venv)) and os.path.exists(config)):
        return None
    with open(config, encoding="utf-8") as file:
        found = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)", file.read(), re.MULTILINE)
    with open(lock, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    place = hashlib.sha256(os.path.realpath(venv).encode("utf-8")).hexdigest()[:12]
    return "lock {}\npython {}\nplace {}\n".format(digest, found.group(1) if found else "?", place)


def up_to_date(lock, venv):
    """Whether `venv` was completely installed from this very `lock`."""
    try:
        with open(stamp_file(venv), encoding="utf-8") as file:
            return file.read() == stamp_of(lock, venv)
    except OSError:
        return False


def stamp_file(venv):
    """Where the stamp lies: inside the environment, so that it goes when that goes."""
    return os.path.join(venv, ".madoguchi-stamp")


def python_of(venv):
    """The interpreter inside `venv`."""
    return os.path.join(venv, "bin", "python")


# --- progress ------------------------------------------------------------------------------------------------------


class Progress:
    """Counts packages for whoever waits: one line that changes on a terminal, a line every 15 seconds elsewhere."""

    PAUSE = 15

    def __init__(self, total, interactive):
        self.total = total
        self.interactive = interactive
        self.started = time.time()
        self.last_line = self.started
        self.shown = None

    def show(self, words, count, name=""):
        """Show `words` (Japanese, English) with the count of packages done and the name of the one at work."""
        state = (words, count, name)
        if state == self.shown and not self.interactive:
            return
        seconds = int(time.time() - self.started)
        text = "  {} {}/{} {} ({} s)".format(words, min(count, self.total), self.total, name, seconds)
        if self.interactive:
            say("\r\x1b[K" + text[:100], end="")
        elif time.time() - self.last_line >= self.PAUSE:
            say(text)
            self.last_line = time.time()
        self.shown = state

    def close(self):
        """Leave the changing line."""
        if self.interactive and self.shown is not None:
            say("")


def packages_in(lock):
    """The names that `lock` pins."""
    with open(lock, encoding="utf-8") as file:
        return PACKAGE_LINE.findall(file.read())


def installed_in(venv):
    """How many packages `venv` holds."""
    site = os.path.join(venv, "lib", "python{}.{}".format(*WANTED), "site-packages")
    try:
        return sum(name.endswith(".dist-info") for name in os.listdir(site))
    except OSError:
        return 0


def run_logged(command, log, env, watch):
    """Run `command` with its output in `log`, calling `watch(output so far)` meanwhile; its exit code and output.

    The output goes through a file, not a pipe: the log is then complete even if we are killed.
    """
    with open(log, "ab") as sink:
        begin = sink.tell()
        process = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT, env=env, cwd=ROOT)
        try:
            while process.poll() is None:
                watch(read_from(log, begin))
                time.sleep(0.3)
        except BaseException:
            # Ctrl-C reaches the whole group, SIGTERM only us: in both cases nothing may go on installing.
            process.terminate()
            process.wait()
            raise
    return process.returncode, read_from(log, begin)


def read_from(path, begin):
    """The text of a file after `begin` bytes."""
    with open(path, "rb") as file:
        file.seek(begin)
        return file.read().decode("utf-8", "replace")


# --- the work ------------------------------------------------------------------------------------------------------


def make_environment(lock, venv, log, interactive=False, version=None, environ=None):
    """Make `venv` anew from `lock`; raises CannotInstall with what to do.

    Always anew: after an interrupted installation nobody knows which packages are whole.
    """
    version = tuple(version or sys.version_info)
    environ = dict(os.environ if environ is None else environ)
    if version[:2] != WANTED:
        raise CannotInstall(wrong_python(version))
    os.makedirs(os.path.dirname(log), exist_ok=True)
    open(log, "wb").close()
    if os.path.isdir(venv):
        shutil.rmtree(venv)
    free = shutil.disk_usage(os.path.dirname(os.path.abspath(venv))).free
    packages = packages_in(lock)
    if len(packages) > 100 and free < NEEDED_BYTES:
        raise CannotInstall(disk_full(free))

    shown_log = os.path.relpath(log, ROOT) if log.startswith(ROOT + os.sep) else log
    for name in (*PIP_ELSEWHERE, "PYTHONHOME", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"):
        environ.pop(name, None)
    uv = shutil.which("uv", path=environ.get("PATH"))
    if any(name in environ for name in PIP_SOURCES):
        uv = None
    say(
        "環境を作ります(最初だけ、{} 個のパッケージ、数分かかります)\n"
        "Making the environment (once, {} packages, a few minutes)".format(len(packages), len(packages))
    )
    progress = Progress(len(packages), interactive)
    if uv and install_with_uv(uv, lock, venv, log, environ, progress):
        problem = None
    else:
        problem = install_with_pip(lock, venv, log, environ, progress, shown_log)
    progress.close()
    if problem:
        raise CannotInstall(problem)
    stamp = stamp_of(lock, venv)
    with open(stamp_file(venv), "w", encoding="utf-8") as file:
        file.write(stamp)
    say(
        "環境ができました / environment ready: {} packages, {} s".format(
            len(packages), int(time.time() - progress.started)
        )
    )


def install_with_uv(uv, lock, venv, log, environ, progress):
    """Whether uv installed everything. Where it did not, pip tries: it knows proxies and mirrors that uv does not."""
    # pip is seeded so that the environment is the same for its user whoever made it.
    made, _ = run_logged([uv, "venv", "--seed", "--python", sys.executable, venv], log, environ, lambda output: None)
    if made != 0:
        return False
    command = [uv, "pip", "install", "--no-deps", "--require-hashes", "--compile-bytecode"]
    command += ["--python", python_of(venv), "-r", lock]

    def watch(output):
        progress.show("導入 (install, uv)", installed_in(venv))

    code, _ = run_logged(command, log, environ, watch)
    if code != 0:
        progress.close()
        say("uv では入らなかったので pip を使います / uv could not install them, trying pip")
    return code == 0


def install_with_pip(lock, venv, log, environ, progress, shown_log):
    """None when pip installed everything, else the message for the user."""
    if not has_venv():
        return no_venv_module()
    command = [sys.executable, "-m", "venv", "--clear", venv]
    code, output = run_logged(command, log, environ, lambda output: None)
    if code != 0:
        return no_venv_module() if "ensurepip" in output else explain(output, shown_log)
    # --ignore-requires-python: Rasa's metadata stop at 3.10, see docs/adr/0001-rasa-on-python-3.11.md
    command = [python_of(venv), "-m", "pip", "install", "--no-deps", "--ignore-requires-python", "--require-hashes"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", lock]

    def watch(output):
        fetched = re.findall(r"^Collecting ([^=\s]+)", output, re.MULTILINE)
        if "Installing collected packages" in output:
            progress.show("導入 (install)", installed_in(venv))
        else:
            progress.show("取得 (download)", len(fetched), fetched[-1] if fetched else "")

    code, output = run_logged(command, log, environ, watch)
    return None if code == 0 else explain(output, shown_log)


def stopped(signum, frame):
    """Turn SIGTERM and SIGHUP into the exception that Ctrl-C raises, so that pip is stopped in one place."""
    raise KeyboardInterrupt


def main(arguments=None):
    """Exit code 0 when the environment stands, 1 with a message when it cannot be made, 130 when interrupted."""
    parser = argparse.ArgumentParser(description="Make .venv from requirements.lock where it is missing or outdated.")
    parser.add_argument("--check", action="store_true", help="only say through the exit code whether it is up to date")
    parser.add_argument("--lock", default=os.path.join(ROOT, "requirements.lock"))
    parser.add_argument("--venv", default=os.path.join(ROOT, ".venv"))
    parser.add_argument("--log", default=os.path.join(ROOT, "var", "log", "install.log"))
    options = parser.parse_args(arguments)
    if up_to_date(options.lock, options.venv):
        return 0
    if options.check:
        return 1
    with contextlib.suppress(ValueError):  # not in the main thread: a test
        signal.signal(signal.SIGTERM, stopped)
        signal.signal(signal.SIGHUP, stopped)
    try:
        make_environment(options.lock, options.venv, options.log, interactive=sys.stderr.isatty())
    except CannotInstall as problem:
        say("\n" + str(problem))
        return 1
    except KeyboardInterrupt:
        say("\n途中でやめました。もう一度 make を実行すると、はじめから作り直します / interrupted; run make again")
        return 130
    except OSError as problem:
        if problem.errno == 28:
            say("\n" + disk_full())
        else:
            say("\n環境を作れませんでした / the environment cannot be made: {}".format(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
