"""Set up, start and check Danqing from a checkout; standard library only.

    python3 packaging/dev.py run [FILE…]       set up if needed, start the studio
    python3 packaging/dev.py test [ARGUMENT…]  set up if needed, run all checks (arguments go to pytest; with
                                             --long also slow tests, and the types of the tests)
    python3 packaging/dev.py setup             set up alone

``--torch cpu|cu130|rocm`` picks the build of torch and is remembered; without it pip's default index decides.
Everything lands in ``.venv`` beside this folder; a second start skips set-up until pyproject.toml, the constraints, a C
source or the choice of torch change.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
TORCH = "torch==2.13.*"
TORCH_INDEXES = {
    "cpu": "https://download.pytorch.org/whl/cpu",
    "cu130": "https://download.pytorch.org/whl/cu130",
    "rocm": "https://download.pytorch.org/whl/rocm7.2",
}
DEFAULT_TORCH = "default"
LONG = "--long"
CHECKED_BRIEFLY = ("studio", "packaging")
"""Folders whose types are checked without ``--long``: what is wrong in a test's types mostly fails when it runs."""
REPORT = "DANQING_CHECKS"
"""Names the file in which pytest's summary finds the results of the other checks, as soon as they have ended."""


class SetupError(Exception):
    """Set-up or a start cannot go on; the message says what to do."""


@dataclass(frozen=True)
class SystemLibrary:
    """A library of the operating system: how the loader names it and which package brings it."""

    soname: str
    apt: str
    dnf: str
    needed_for: str = "window"  # window, x11 or tests


SYSTEM_LIBRARIES = (
    SystemLibrary("libGL.so.1", "libgl1", "mesa-libGL"),
    SystemLibrary("libEGL.so.1", "libegl1", "mesa-libEGL"),
    SystemLibrary("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    SystemLibrary("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    SystemLibrary("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    SystemLibrary("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    SystemLibrary("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    SystemLibrary("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "x11"),
    SystemLibrary("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "x11"),
    SystemLibrary("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "x11"),
    SystemLibrary("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "x11"),
    SystemLibrary("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "x11"),
    SystemLibrary("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "x11"),
    SystemLibrary("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "x11"),
)
SYSTEM_PROGRAMS = (
    SystemLibrary("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "tests"),
    SystemLibrary("xauth", "xauth", "xorg-x11-xauth", "tests"),
)
CHINESE_FONT = SystemLibrary("Noto Sans CJK", "fonts-noto-cjk", "google-noto-sans-cjk-fonts", "tests")


# --- what the operating system must bring ---------------------------------------------------------------------------


def missing_libraries(purposes: Sequence[str]) -> list[SystemLibrary]:
    """What of the operating system is missing for ``purposes`` ("window", "x11", "tests"); empty outside Linux."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [item for item in SYSTEM_LIBRARIES if item.needed_for in purposes and not _loads(item.soname)]
    if "tests" in purposes:
        missing += [item for item in SYSTEM_PROGRAMS if shutil.which(item.soname) is None]
        if not _has_chinese_font():
            missing.append(CHINESE_FONT)
    return missing


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    if program := shutil.which("fc-list"):
        listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(next(folder.rglob("*CJK*"), None) for folder in folders)


def install_line(missing: Sequence[SystemLibrary]) -> str:
    """The command that installs what is missing, for the package tool that this machine has."""
    prefix = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
    if shutil.which("apt-get"):
        names = " ".join(dict.fromkeys(item.apt for item in missing))
        return f"{prefix}apt-get install -y --no-install-recommends {names}"
    if shutil.which("dnf"):
        return f"{prefix}dnf install -y " + " ".join(dict.fromkeys(item.dnf for item in missing))
    return "install: " + " ".join(item.soname for item in missing)


def report_missing(missing: Sequence[SystemLibrary]) -> str:
    names = ", ".join(item.soname for item in missing)
    return f"these system libraries are missing: {names}\n  {install_line(missing)}"


def check_libraries(command: str, environment: Mapping[str, str]) -> None:
    """Names missing libraries: an error for what ``command`` cannot do without, a warning for the rest."""
    needed = {"setup": (), "run": ("window", "x11"), "test": ("window", "x11", "tests")}[command]
    if command == "run" and environment.get("WAYLAND_DISPLAY"):
        needed = ("window",)
    if missing := missing_libraries(needed):
        raise SetupError(report_missing(missing))
    if command == "setup" and (missing := missing_libraries(("window", "x11"))):
        say(f"note: {report_missing(missing)}")


# --- the environment ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checkout:
    """A checkout of Danqing and its environment."""

    root: Path

    @property
    def environment(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        place = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        return self.environment / place

    @property
    def stamp(self) -> Path:
        return self.environment / "danqing-setup.json"

    def build_requirements(self) -> list[str]:
        import tomllib  # from 3.11; an older Python gets as far as the message about its version

        with open(self.root / "pyproject.toml", "rb") as file:
            return tomllib.load(file)["build-system"]["requires"]


def fingerprint(checkout: Checkout, torch: str) -> str:
    """Changes whenever set-up would have something to do."""
    digest = hashlib.sha256()
    compiled = [
        file.relative_to(checkout.root).as_posix() for file in sorted((checkout.root / "studio").rglob("*.c"))
    ]
    for name in ("pyproject.toml", "packaging/constraints.txt", *compiled):
        digest.update((checkout.root / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    # the install is editable, so a checkout that moved must be installed again
    digest.update(f"{torch}\0{checkout.root}\0{sys.version_info[:2]}".encode())
    return digest.hexdigest()


def read_stamp(checkout: Checkout) -> dict[str, str]:
    """What the last finished set-up wrote; empty when there is none or it cannot be read."""
    try:
        stamp = json.loads(checkout.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(checkout: Checkout, stamp: dict[str, str]) -> None:
    beside = checkout.stamp.with_suffix(".part")
    beside.write_text(json.dumps(stamp), encoding="utf-8")
    beside.replace(checkout.stamp)


def call(command: Sequence[str | Path], checkout: Checkout, purpose: str) -> None:
    """Runs ``command`` in the checkout. Raises SetupError when it fails."""
    finished = subprocess.run([str(part) for part in command], cwd=checkout.root, check=False)
    if finished.returncode != 0:
        shown = " ".join(str(part) for part in command)
        raise SetupError(
            f"{purpose} failed (exit {finished.returncode}): {shown}\n  Start the same command again to go on."
        )


def answers(command: Sequence[str | Path]) -> str | None:
    """What ``command`` prints, or None when it cannot be run or fails."""
    try:
        finished = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return finished.stdout.strip() if finished.returncode == 0 else None


def make_environment(checkout: Checkout) -> None:
    """Makes ``.venv`` or completes a half-made one; an environment of another Python is made anew."""
    wanted = "{}.{}".format(*sys.version_info[:2])
    found = answers([checkout.python, "-c", "import sys; print('{}.{}'.format(*sys.version_info[:2]))"])
    if found != wanted:
        say(f"making the environment {checkout.environment} with Python {wanted}")
        call(
            [sys.executable, "-m", "venv", "--clear", checkout.environment],
            checkout,
            "making the environment",
        )
    elif answers([checkout.python, "-m", "pip", "--version"]) is None:
        call([checkout.python, "-m", "ensurepip", "--upgrade"], checkout, "installing pip")


def wrong_torch(checkout: Checkout, torch: str) -> bool:
    """Whether the torch that is installed is another build than the one chosen."""
    label = answers(
        [checkout.python, "-c", "from importlib.metadata import version; print(version('torch'))"]
    )
    if label is None or torch == DEFAULT_TORCH or "+" not in label:
        return False
    return not label.split("+")[1].startswith(torch)


def install(checkout: Checkout, torch: str) -> None:
    """Installs torch, then the build tools, then Danqing itself, every version held by the constraints."""
    # relative, because pip splits some of its options at spaces
    pip = [checkout.python, "-m", "pip", "install", "--disable-pip-version-check"]
    constrained = [*pip, "-c", "packaging/constraints.txt"]
    index = [] if torch == DEFAULT_TORCH else ["--extra-index-url", TORCH_INDEXES[torch]]
    if wrong_torch(checkout, torch):
        say(f"replacing the installed torch by the build for {torch}")
        call([checkout.python, "-m", "pip", "uninstall", "-y", "torch"], checkout, "removing torch")
    call([*constrained, *index, TORCH], checkout, "installing torch")
    call([*constrained, *checkout.build_requirements()], checkout, "installing the build tools")
    itself = ["--no-build-isolation", "-e", ".[engine,test,dev]"]
    call([*constrained, *index, *itself], checkout, "installing Danqing")


def set_up(checkout: Checkout, torch: str | None) -> bool:
    """Brings ``.venv`` up to date; False when there was nothing to do. Raises SetupError."""
    stamp = read_stamp(checkout)
    torch = torch or stamp.get("torch", DEFAULT_TORCH)
    wanted = fingerprint(checkout, torch)
    if stamp.get("fingerprint") == wanted and checkout.python.exists():
        return False
    say("setting up; the first time takes a few minutes")
    # without its mark an interrupted set-up is taken up again; the choice of torch is remembered all the same
    if checkout.environment.is_dir():
        write_stamp(checkout, {"torch": torch})
    started = time.monotonic()
    make_environment(checkout)
    write_stamp(checkout, {"torch": torch})
    install(checkout, torch)
    write_stamp(checkout, {"torch": torch, "fingerprint": wanted})
    say(f"set up in {time.monotonic() - started:.0f} s")
    return True


# --- start and checks -----------------------------------------------------------------------------------------------


def run_studio(checkout: Checkout, arguments: Sequence[str]) -> int:
    command = [str(checkout.python), "-m", "studio", *arguments]
    environment = {**os.environ, "PYTHONPATH": _with_root(checkout)}
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def _with_root(checkout: Checkout) -> str:
    # the studio is found from any working folder, also where an editable install is not honoured
    return os.pathsep.join(part for part in (str(checkout.root), os.environ.get("PYTHONPATH", "")) if part)


def check_environment(checkout: Checkout, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of the checks: no window on the screen unless DANQING_TEST_DISPLAY is set."""
    # Tests run side by side: threads of one that wait for each other would only keep the others waiting.
    chosen = {"OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", **environment}
    # a hundred processes of the studio would each compile it anew
    chosen.pop("PYTHONDONTWRITEBYTECODE", None)
    if not environment.get("DANQING_TEST_DISPLAY"):
        chosen["QT_QPA_PLATFORM"] = "offscreen"
    chosen["PYTHONPATH"] = _with_root(checkout)
    return chosen


@dataclass(frozen=True)
class CheckResult:
    name: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"{self.name} {'passed' if self.passed else 'FAILED'} in {self.seconds:.1f} s"


def run_checks(checkout: Checkout, arguments: Sequence[str]) -> int:
    """Runs every check even when one fails. The types are checked beside the tests, which leave them time enough while
    they wait; pytest's summary comes last and repeats the others' results."""
    environment = check_environment(checkout, os.environ)
    threads = str(min(4, os.cpu_count() or 1)) if LONG in arguments else "1"
    types = ["pyright", "--threads", threads, *(() if LONG in arguments else CHECKED_BRIEFLY)]
    results = [
        run_check(f"ruff {name}", ["ruff", *command], checkout, environment)
        for name, command in {"check": ["check"], "format": ["format", "--check"]}.items()
    ]
    with tempfile.TemporaryDirectory(prefix="danqing-checks-") as folder, ThreadPoolExecutor(1) as beside:
        report = Path(folder) / "report"
        later = beside.submit(run_quietly, "pyright", types, checkout, environment, results, report)
        if workers := _side_by_side(arguments):
            # they would all make ready every test at the same time; what is wrong is told when they run
            prepare = ["pytest", "--collect-only", "-qq"]
            run_check("collecting the tests", prepare, checkout, environment, subprocess.DEVNULL)
        environment = {**environment, REPORT: str(report)}
        tests = run_check("pytest", ["pytest", *workers, *arguments], checkout, environment)
        results += [later.result(), tests]
    return 0 if all(result.passed for result in results) else 1


def run_quietly(
    name: str,
    command: Sequence[str],
    checkout: Checkout,
    environment: dict[str, str],
    before: Sequence[CheckResult],
    report: Path,
) -> CheckResult:
    """Runs a check without a word; then ``report`` tells its result after those of ``before``, and why it failed."""
    words = report.with_suffix(".part")
    try:
        with open(words, "w", encoding="utf-8") as output:
            result = run_check(name, command, checkout, environment, output)
        why = "" if result.passed else "\n" + words.read_text(encoding="utf-8").rstrip()
    except OSError as error:
        result, why = CheckResult(name, False, 0.0), f"\n{error}"
    told = "\n".join(str(one) for one in (*before, result)) + why
    words.write_text(told, encoding="utf-8")
    words.replace(report)  # whoever waits for the report finds it whole
    return result


def _side_by_side(arguments: Sequence[str]) -> list[str]:
    """One test process more than cores, because some wait, four at most; the arguments may say otherwise, or name
    tests, which then run in one."""
    workers = min(4, (os.cpu_count() or 1) + 1)
    return [] if set(arguments) - {LONG} else ["-n", str(workers)]


def run_check(
    name: str,
    command: Sequence[str],
    checkout: Checkout,
    environment: dict[str, str],
    output: IO[str] | int | None = None,
) -> CheckResult:
    """``output``: where its words go instead of the terminal."""
    say(name)
    started = time.monotonic()
    whole = [str(checkout.python), "-m", *command]
    finished = subprocess.run(
        whole, cwd=checkout.root, env=environment, check=False, stdout=output, stderr=output
    )
    return CheckResult(name, finished.returncode == 0, time.monotonic() - started)


def say(text: str) -> None:
    print(f"danqing: {text}", flush=True)


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    description, _, details = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=description,
        epilog=details,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("command", choices=("setup", "run", "test"))
    parser.add_argument(
        "--torch", choices=tuple(TORCH_INDEXES), help="which build of torch (default: pip's index)"
    )
    chosen, rest = parser.parse_known_args(arguments)
    if chosen.command == "setup" and rest:
        parser.error(f"setup takes no arguments: {' '.join(rest)}")
    return chosen, rest[1:] if rest[:1] == ["--"] else rest


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        say(
            "Danqing needs Python {}.{} or newer; this is {}.{}.".format(
                *OLDEST_PYTHON, *sys.version_info[:2]
            )
        )
        return 1
    chosen, rest = parse(arguments)
    checkout = Checkout(ROOT)
    try:
        check_libraries(chosen.command, os.environ)
        changed = set_up(checkout, chosen.torch)
        if chosen.command == "run":
            return run_studio(checkout, rest)
        if chosen.command == "test":
            return run_checks(checkout, rest)
        say("set up" if changed else "nothing to do")
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("stopped; start the same command again to go on")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
