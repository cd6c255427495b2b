"""A batch that the window starts: ``danqing batch``, or ``danqing data filters`` for a labelled set, in a process of its own, so that nothing here waits for it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from studio import paths
from studio.project import filter_recipes
from studio.project.errors import ProjectError
from studio.project.filter_recipes import Steps
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.language import spoken
from studio.workspace.notices import Notice
from studio.workspace.studio import Studio

RUNNING = QT_TRANSLATE_NOOP("jobs", "Batch: {folder}")
DONE = QT_TRANSLATE_NOOP("notices", "The batch is done. {summary}")
FAILED = QT_TRANSLATE_NOOP("notices", "The batch did not do all pictures. {summary}")
PROGRESS = re.compile(r"^\[(\d+)/(\d+)\]")


def program() -> list[str]:
    """How this very Danqing is started again from the command line."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "studio"]


class Batch(QObject):
    """One run. It shows a line among the jobs, and a card at its end; with the window it ends too, and goes on when it is
    started again."""

    def __init__(
        self,
        studio: Studio,
        recipe: Path | Steps,
        folder: Path,
        target: Path,
        parent: QObject,
        each: int = 0,
    ) -> None:
        """``recipe``: a file, or steps that are put into one first. ``each``: a labelled set of so many of each picture. Raises
        ProjectError where the recipe cannot be written."""
        super().__init__(parent)
        self._studio = studio
        self._said: list[str] = []
        self._wrong: list[str] = []
        self._stopped = False
        if not isinstance(recipe, Path):
            steps, recipe = recipe, paths.cache() / "batch-recipe.json"
            filter_recipes.write(recipe, steps)
        self._line = studio.jobs.begin(RUNNING, {"folder": folder.name}, self.stop)
        self.process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        environment.insert("PYTHONUNBUFFERED", "1")
        self.process.setProcessEnvironment(environment)
        self.process.setWorkingDirectory(str(Path(paths.__file__).resolve().parent.parent))
        self.process.readyReadStandardOutput.connect(self._hear)
        self.process.finished.connect(self._ended)
        self.process.errorOccurred.connect(self._broken)
        first, *rest = program()
        begin, end = (["data", "filters"], ["--each", str(each)]) if each else (["batch"], [])
        words = [*begin, str(recipe), str(folder), str(target), *end, "--lang", spoken()]
        self.process.start(first, [*rest, *words])

    def stop(self) -> None:
        """What is done stays; started again it goes on from there."""
        self._stopped = True
        self._studio.jobs.end(self._line)
        self.process.kill()

    def _hear(self) -> None:
        while self.process.canReadLine():
            line = bytes(self.process.readLine().data()).decode("utf-8", "replace").strip()
            found = PROGRESS.match(line)
            if found:
                self._studio.jobs.progress(self._line, int(found[1]), int(found[2]))
            elif line:
                self._said.append(line)

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._tell(FAILED, self.process.errorString())

    def _ended(self, code: int, _status: QProcess.ExitStatus) -> None:
        if self._stopped:
            self.deleteLater()
            return
        self._hear()
        wrong = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        summary = self._said[-1] if self._said else wrong
        self._tell(DONE if code == 0 else FAILED, summary, wrong)

    def _tell(self, text: str, summary: str, details: str = "") -> None:
        self._studio.jobs.end(self._line)
        kind = "done" if text == DONE else "error"
        self._studio.tell(Notice(kind=kind, text=text, arguments={"summary": summary}, details=details))
        self.deleteLater()


def begin(
    studio: Studio, recipe: Path | Steps, folder: Path, target: Path, parent: QObject, each: int = 0
) -> Batch | None:
    """Starts a batch; None, with a card, where its recipe cannot be written."""
    try:
        return Batch(studio, recipe, folder, target, parent, each)
    except ProjectError as error:
        summary = {"summary": studio.filing.sentence(error)}
        studio.tell(Notice(kind="error", text=FAILED, arguments=summary))
        return None
