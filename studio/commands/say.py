"""What the commands say, and how they end: sentences of the catalogue, exit codes, progress on a terminal."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Self

import typer

from studio import translation
from studio.document.errors import EditError
from studio.engine.failures import DISK_FULL, EngineError
from studio.engine.library.model_file import ModelFileError
from studio.filters.kind import NoEngineError
from studio.messages.models import told_of
from studio.project.errors import ProjectError
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.synthesis.fusion import MASK, FuseError
from studio.synthesis.stitch_values import StitchError

FAILED, USAGE, STOPPED = 1, 2, 130
DEBUG = "DANQING_DEBUG"

NO_MEMORY = QT_TRANSLATE_NOOP("cli", "There is not enough memory for this. Choose a smaller size.")
WRONG_USAGE = QT_TRANSLATE_NOOP("cli", "wrong usage: {reason} (see {command} --help)")
UNEXPECTED = QT_TRANSLATE_NOOP(
    "cli", "something unexpected happened ({reason}); set DANQING_DEBUG=1 to see where"
)
STOPPED_TEXT = QT_TRANSLATE_NOOP("cli", "stopped")
FILE_PROBLEM = QT_TRANSLATE_NOOP("cli", "“{file}”: {reason}. Choose another place or change its permissions.")


class Wrong(typer.TyperException):
    """Wrong usage that only a command can see. ``text`` is source text of context ``cli`` with ``arguments``."""

    exit_code = USAGE

    def __init__(self, text: str, /, **arguments: str) -> None:
        self.text = text
        self.arguments = arguments
        super().__init__(text.format(**arguments))


def unknown(text: str, name: str, known: Iterable[str]) -> Wrong:
    """A name that is none of those ``known``: ``text`` with those that come nearest, else all of them, for no other
    command lists them."""
    names = list(known)
    near = told_of(name, names, len(names))
    return Wrong(text, name=name, known=near)


class Stopped(Exception):
    """Ctrl+C was heard and what ran was ended in order."""


class Words:
    """One language of the command line."""

    def __init__(self, language: str = "") -> None:
        self.language = translation.chosen(language or "system")

    def __call__(self, text: str, context: str = "cli", /, **arguments: Any) -> str:
        found = translation.translate(self.language, context, text)
        return found.format(**arguments) if arguments else found


def words_of(context: typer.Context) -> Words:
    """The language that the command was started in."""
    return context.find_root().obj or Words()


def sentence(error: BaseException, words: Words) -> str:
    """What happened, to which file, and what to do: one line in the chosen language."""
    if isinstance(error, Wrong):
        return words(error.text, **error.arguments)
    if isinstance(error, ProjectError):
        return words(error.sentence, "project", file=Path(error.file).name or error.file, **error.arguments)
    if isinstance(error, ModelFileError):
        return f"{error.file}: {words(error.message, 'engine', **error.arguments)}"
    if isinstance(error, EngineError):
        text = words(error.message, "engine", **error.arguments)
        return f"{error.file}: {text}" if error.file else text
    if isinstance(error, NoEngineError):
        return words(error.text, "recipe", filter=words(error.title, "recipe"))
    if isinstance(error, RecipeError | StitchError):
        return words(error.text, "recipe", **error.arguments)
    if isinstance(error, FuseError):
        arguments = {
            name: words(MASK, "recipe") if text == MASK else text for name, text in error.arguments.items()
        }
        return words(error.text, "recipe", **arguments)
    if isinstance(error, EditError):
        return words(error.text, "document", **error.arguments)
    if isinstance(error, MemoryError):
        return words(NO_MEMORY)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return words(DISK_FULL, "engine")
    if isinstance(error, OSError) and error.filename:
        return words(FILE_PROBLEM, file=error.filename, reason=error.strerror or str(error))
    return str(error)


EXPECTED = (
    ProjectError,
    ModelFileError,
    EngineError,
    NoEngineError,
    EditError,
    RecipeError,
    FuseError,
    StitchError,
    OSError,
    MemoryError,
)
"""What becomes a sentence and exit code 1 (a RecipeError: 2)."""


def complain(error: BaseException, words: Words, command: str) -> int:
    """Writes one line to standard error (with DANQING_DEBUG=1 the traceback before it); returns the exit code."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    text = " ".join(sentence(error, words).split())
    if isinstance(error, typer.TyperException | RecipeError):
        reason = text if isinstance(error, Wrong | RecipeError) else _usage_reason(error)
        write_error(f"danqing: {words(WRONG_USAGE, reason=reason.rstrip('.'), command=command)}")
        return USAGE
    write_error(f"danqing: {text}")
    return FAILED


def _usage_reason(error: BaseException) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    return " ".join(message.split())


def write_error(line: str) -> None:
    typer.echo(line, err=True)


class Bar:
    """Progress on a terminal; in a pipe it shows nothing."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._progress: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                TextColumn("{task.fields[more]}"),
            )  # fmt: skip
            self._progress = Progress(*columns, console=Console(stderr=True))
            self._task = self._progress.add_task(self._title, total=None, more="")
            self._progress.start()
        return self

    def show(self, done: int, total: int, more: str = "") -> None:
        """``done`` of ``total``, and what else there is to say."""
        if self._progress is not None:
            self._progress.update(self._task, completed=done, total=total or None, more=more)

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()


@contextlib.contextmanager
def stoppable() -> Iterator[list[int]]:
    """Ctrl+C fills the list it gives instead of tearing through a step; the second one does tear."""
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)
