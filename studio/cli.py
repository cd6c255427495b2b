"""The command ``danqing``: the studio at once, or one of its commands.

What starts the window imports neither typer nor rich; they come with the commands.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

COMMANDS = (
    "render",
    "filter",
    "batch",
    "fuse",
    "heal",
    "rework",
    "resize",
    "collage",
    "mosaic",
    "stitch",
    "generate",
    "train",
    "make",
    "models",
    "data",
    "bench",
    "doctor",
    "open",
)
"""The first words that are commands; a file of that name is opened by ``danqing open NAME``."""
LANGUAGE = "--lang"
BLAS_THREADS = "OPENBLAS_NUM_THREADS"


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
    import studio.workspace.actions
    import studio.workspace.studio  # noqa: F401
    from studio import app

    if given is None:  # the engine, a process of its own, decides for itself
        del os.environ[BLAS_THREADS]
    return app


def opens_studio(words: Sequence[str]) -> bool:
    """True for no words at all and for files to open."""
    if not words:
        return True
    first = words[0]
    return first not in COMMANDS and not first.startswith("-") and os.path.exists(first)


def without_language(arguments: Sequence[str]) -> tuple[list[str], str]:
    """The words without ``--lang X``, which may stand anywhere before a lone ``--``, and X."""
    words, language = list(arguments), ""
    end = words.index("--") if "--" in words else len(words)
    for index, word in enumerate(words[:end]):
        if word == LANGUAGE and index + 1 < end:
            language = words[index + 1]
            del words[index : index + 2]
            break
        if word.startswith(LANGUAGE + "="):
            language = word.partition("=")[2]
            del words[index]
            break
    return words, language
