"""The command ``danqing``: the studio at once, or one of its commands.

What starts the window imports neither typer nor rich; they come with the commands.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from studio.commands.words import opens_studio, without_language

BLAS_THREADS = "OPENBLAS_NUM_THREADS"
METADATA = "importlib.metadata"
LONG_EXPRESSION = 4000
"""Letters of a regular expression that takes milliseconds to compile."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns 0 done, 1 failed (one line says why), 2 wrong usage, 130 stopped by Ctrl+C."""
    words, language = without_language(sys.argv[1:] if arguments is None else arguments)
    if opens_studio(words):
        if language:
            os.environ["LC_ALL"] = language
        return _window().main(words)
    collecting = gc.isenabled()
    gc.disable()  # see below
    from studio.commands.root import run

    if collecting:
        gc.enable()
    return run(words, language)


def _window():
    """The window's module. numpy's OpenBLAS would start a thread per core here, 70 ms for products nobody forms."""
    # Nothing of what is imported is ever garbage: looking for some takes a tenth of the start. app.steady turns it on again.
    gc.disable()
    given = os.environ.get(BLAS_THREADS)
    os.environ[BLAS_THREADS] = given or "1"
    # What needs no Qt comes first: PySide6 reads the source of every module that is imported after it.
    with _no_version_asked():
        import studio.workspace.actions
        import studio.workspace.studio  # noqa: F401
    with _long_expressions_later():
        from studio import app

    if given is None:  # the engine, a process of its own, decides for itself
        del os.environ[BLAS_THREADS]
    return app


@contextmanager
def _no_version_asked() -> Iterator[None]:
    """psygnal asks for its own version when it is imported; what reads that loads mail and sockets, a thirtieth of the start."""
    if METADATA in sys.modules:
        yield
        return
    stand_in: Any = ModuleType(METADATA)
    stand_in.version, stand_in.PackageNotFoundError = lambda name: "", ImportError
    sys.modules[METADATA] = stand_in
    try:
        yield
    finally:
        del sys.modules[METADATA]


class _Expression:
    """Stands for a compiled regular expression until one of its methods is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            return getattr(re.compile(self._pattern, self._flags), name)(*given)

        return called


@contextmanager
def _long_expressions_later() -> Iterator[None]:
    """PySide6 compiles three when it is imported, for its stub generator and for what it says of wrong arguments: 15 ms."""
    at_once = re.compile

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > LONG_EXPRESSION:
            return _Expression(pattern, int(flags))
        return at_once(pattern, flags)

    re.compile = compiled
    try:
        yield
    finally:
        re.compile = at_once
