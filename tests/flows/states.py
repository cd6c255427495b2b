"""The named states of the window as pictures, to be looked at: ``python tests/flows/states.py FOLDER [LANGUAGE THEME]``.

Each state is driven as an artist would reach it, on the real window with the real engine; one PNG each, called
``<number>-<state>-<language>-<theme>.png``. Screens without an engine child are the same on every machine.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from studio import app
from studio import settings as settings_file
from studio.messages.events import Failed
from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.palette import CommandPalette
from studio.workspace.training_run import TrainingState

SIZE = (1280, 722)
LANGUAGES, THEMES = ("en", "zh_CN"), ("dark", "light")
PATIENCE = 60.0
TRAINED = 4200


def wait(milliseconds: int) -> None:
    """Lets events and the lanes' threads run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(told: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not told():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE:.0f} s in vain: {what}")
        wait(5)


def photograph(path: Path) -> None:
    """A hazy landscape in tones, as a camera might give it."""
    height, width = 800, 1200
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    picture = np.stack([0.86 - 0.3 * y / height, 0.8 - 0.22 * y / height, 0.72 + 0.05 * y / height], -1)
    for depth in range(4):
        ridge = (
            330
            + depth * 110
            - (90 - depth * 10)
            * (np.sin(x / (170 - depth * 22) + depth * 2) + 0.4 * np.sin(x / (57 - depth * 7) + depth))
        )
        tone = np.array([0.62, 0.66, 0.68]) - depth * np.array([0.13, 0.12, 0.1])
        picture[y > ridge] = tone
    Image.fromarray((picture.clip(0, 1) * 255).astype(np.uint8)).save(path, quality=92)


class Stage:
    """A studio in one language and theme, and the folder its pictures go to."""

    def __init__(self, application: QApplication, folder: Path, spoken: str, dress: str) -> None:
        self.application, self.folder, self.spoken, self.dress = application, folder, spoken, dress
        self.number = 0
        self.photo = folder / "秋山 2026.jpg"
        photograph(self.photo)
        self.running: app.Running | None = None

    def open(self, *, recent: tuple[str, ...] = ()) -> None:
        settings = Settings(language=self.spoken, theme=self.dress, recent=recent)  # type: ignore[arg-type]
        settings_file.save(settings)
        theme.wear(self.application, self.dress, language.speak(self.application, self.spoken))
        self.running = app.Running(self.application, settings)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self.studio.refresh_models()
        until(lambda: self.studio.generating.model is not None, "no model")
        wait(400)

    def close(self) -> None:
        running, self.running = self.running, None
        if running is not None:
            running.close()
            running.window.close()
            running.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def studio(self):
        assert self.running is not None
        return self.running.studio

    @property
    def window(self):
        assert self.running is not None
        return self.running.window

    def run(self, action: str) -> None:
        self.window.actions_.run(action)

    def panel(self, name: str) -> QWidget:
        return self.window.docks.show_panel(name)

    def quiet(self) -> None:
        """Until everything that was begun is done."""
        studio, engine = self.studio, self.running.engine if self.running else None
        until(
            lambda: (
                not studio.jobs.lines
                and not studio.files_lane.jobs
                and not studio.render_lane.jobs
                and not (engine and engine.running)
            ),
            "the studio does not come to rest",
        )
        wait(300)

    def line(self, start: tuple[float, float], stop: tuple[float, float], sag: float = 0.0) -> None:
        """A stroke of the mouse between two fractions of the picture."""
        canvas, artwork = self.window.canvas, self.studio.current.document.artwork

        def place(part: float) -> QPoint:
            x = (start[0] + (stop[0] - start[0]) * part) * artwork.width
            y = (start[1] + (stop[1] - start[1]) * part + sag * 4 * part * (1 - part)) * artwork.height
            return (canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()).toPoint()

        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(0))
        for step in range(1, 25):
            QTest.mouseMove(canvas, place(step / 24))
            wait(4)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(1))

    def boat(self, x: float, y: float) -> None:
        self.line((x, y), (x + 0.16, y), sag=0.03)
        self.line((x + 0.08, y), (x + 0.08, y - 0.12))
        self.line((x + 0.08, y - 0.12), (x + 0.13, y - 0.02), sag=-0.01)

    def shoot(self, name: str) -> Path:
        """The window with every dialog and popup over it, as one picture."""
        self.number += 1
        screen = QRect(self.window.mapToGlobal(QPoint(0, 0)), self.window.size())
        picture = self.window.grab()
        painter = QPainter(picture)
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible() and isinstance(top, QDialog | QMenu):
                painter.drawPixmap(top.mapToGlobal(QPoint(0, 0)) - screen.topLeft(), _framed(top))
        painter.end()
        path = self.folder / f"{self.number:02}-{name}-{self.spoken}-{self.dress}.png"
        picture.save(str(path))
        return path


def _framed(top: QWidget) -> QPixmap:
    """A dialog with the line that a window manager would draw around it."""
    picture = top.grab()
    painter = QPainter(picture)
    painter.setPen(theme.current().colour("border"))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return picture


def _close_dialogs() -> None:
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog | QMenu) and top.isVisible():
            top.close()
    wait(30)


def tell(stage: Stage) -> Iterator[Path]:
    """All states in order; a picture after each."""
    yield from _start(stage)
    yield from _paint(stage)
    yield from _generate(stage)
    yield from _train(stage)
    yield from _errors(stage)
    yield from _dialogs(stage)


def _start(stage: Stage) -> Iterator[Path]:
    stage.open()
    yield stage.shoot("start-empty")
    stage.studio.new_picture(1536, 1024)
    stage.boat(0.4, 0.5)
    stage.quiet()
    stage.close()
    names = ("秋山 2026.jpg", "全景.danqing", "A study of mist.png")
    for name in names[1:]:
        (stage.folder / name).write_bytes(stage.photo.read_bytes())
    stage.open(recent=tuple(str(stage.folder / name) for name in names))
    wait(800)
    yield stage.shoot("start-recent")


def _paint(stage: Stage) -> Iterator[Path]:
    stage.studio.open(str(stage.photo))
    until(lambda: stage.studio.current is not None, "the photograph does not open")
    stage.window.enter("paint")
    stage.run("new-layer")
    stage.boat(0.25, 0.62)
    stage.studio.layers.set_mode("multiply")
    stage.studio.layers.set_opacity(0.6)
    stage.run("new-group")
    stage.run("new-layer")
    stage.studio.painting.set_colour((0.75, 0.22, 0.16))
    stage.line((0.6, 0.2), (0.72, 0.2), sag=0.06)
    stage.quiet()
    yield stage.shoot("painting")
    stage.window.menu_line.menu("Layer").popup(stage.window.mapToGlobal(QPoint(118, 26)))
    wait(100)
    yield stage.shoot("menu")
    _close_dialogs()


def _generate(stage: Stage) -> Iterator[Path]:
    stage.window.enter("generate")
    stage.panel("generate")
    models = stage.studio.generating.models
    stage.studio.generating.set_models(())
    wait(100)
    yield stage.shoot("generate-no-model")
    stage.studio.generating.set_models(models)
    stage.studio.new_picture(1536, 1024)
    wait(200)
    stage.run("generate")
    until(lambda: stage.studio.generating.running, "Generate does nothing")
    wait(60)
    yield stage.shoot("generating")
    until(lambda: not stage.studio.generating.running, "the pictures do not come")
    stage.quiet()
    stage.run("next-variant")
    stage.quiet()
    yield stage.shoot("four-results")
    layer = stage.studio.generating.target
    stage.studio.painting.choose_tool("ink")
    stage.studio.painting.change_brush(size=26.0)
    stage.studio.painting.reset()
    stage.boat(0.42, 0.72)
    stage.quiet()
    yield stage.shoot("painted-above")
    stage.studio.layers.choose(layer.id)
    stage.panel("explore")
    for slider, value in zip(stage.studio.generating.model.card.sliders[:3], (1.8, -0.9, 1.2), strict=False):
        stage.studio.exploring.set_slider(slider.name, value)
        stage.studio.exploring.release()
        stage.quiet()
    yield stage.shoot("explore")
    stage.run("filter-layer-gaussian-noise")
    stage.panel("filters")
    noise = stage.studio.filtering.target
    values = stage.studio.filtering.parameters(noise)
    stage.studio.filtering.change(noise.id, msgspec.structs.replace(values, sigma=0.2))
    stage.studio.filtering.release()
    stage.quiet()
    yield stage.shoot("filter-layer")
    stage.panel("history")
    wait(100)
    yield stage.shoot("history")


def _train(stage: Stage) -> Iterator[Path]:
    stage.run("train")
    wait(150)
    yield stage.shoot("training-before")
    line = stage.studio.jobs.begin("Training “{name}”", {"name": "我的墨"}, stop=lambda: None)
    stage.studio.jobs.progress(line, TRAINED, 12_000, 2290.0)
    steps = np.arange(0, TRAINED, 40)
    curve = tuple((int(step), float(0.4 + 1.2 * np.exp(-step / 900) + 0.06 * np.sin(step))) for step in steps)
    stage.studio.training.state = TrainingState(
        name="我的墨", run=str(stage.folder), step=TRAINED, total=12_000, seconds_left=2290.0,
        losses={"discriminator": 0.62, "generator": 1.31}, curve=curve,
    )  # fmt: skip
    tiles = np.asarray(Image.open(stage.photo).resize((128, 128)))
    grid = np.concatenate(
        [np.concatenate([np.roll(tiles, 16 * (r + c), 1) for c in range(4)], 1) for r in range(4)]
    )
    stage.studio.training.sample = grid
    stage.studio.training.changed.emit()
    stage.studio.training.sampled.emit()
    wait(200)
    yield stage.shoot("training")
    stage.studio.jobs.end(line)
    stage.studio.training.state = None
    stage.studio.training.changed.emit()


def _errors(stage: Stage) -> Iterator[Path]:
    stage.window.enter("generate")
    stage.panel("generate")
    stage.studio.engine_failed(
        Failed(job=0, kind="engine_lost", details="The engine ended with signal 9 after 0.8 s.")
    )
    wait(150)
    yield stage.shoot("engine-lost")
    stage.window.notices.clear()
    bad = stage.folder / "不是图片.png"
    bad.write_bytes(b"this is not a picture")
    stage.studio.open(str(bad))
    stage.quiet()
    yield stage.shoot("not-opened")
    bad.unlink()


def _dialogs(stage: Stage) -> Iterator[Path]:
    stage.run("palette")
    palette = stage.window.findChild(CommandPalette)
    palette.field.setText("杂色")
    wait(100)
    yield stage.shoot("palette")
    _close_dialogs()
    for action in ("export", "settings", "shortcuts", "new", "about"):
        stage.run(action)
        wait(200)
        yield stage.shoot(action)
        _close_dialogs()


def main(
    folder: Path, languages: tuple[str, ...] = LANGUAGES, dresses: tuple[str, ...] = THEMES
) -> list[Path]:
    """Shoots every state; returns the files."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    made: list[Path] = []
    for spoken in languages:
        for dress in dresses:
            place = folder / f"{spoken}-{dress}"
            place.mkdir(parents=True, exist_ok=True)
            os.environ["DANQING_HOME"] = str(place / "home")
            stage = Stage(application, place, spoken, dress)
            try:
                made.extend(tell(stage))
            finally:
                stage.close()
    return made


if __name__ == "__main__":
    chosen = sys.argv[2:]
    main(Path(sys.argv[1]), tuple(chosen[:1]) or LANGUAGES, tuple(chosen[1:2]) or THEMES)
