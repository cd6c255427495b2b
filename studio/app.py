"""The composition root of the window: builds the lanes, the engine, the studio and the window, and joins them."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib.util
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, Qt, QTimer
from PySide6.QtWidgets import QApplication

from studio import paths, translation
from studio import settings as settings_file
from studio.jobs.job import Priority
from studio.jobs.lane import Lane
from studio.messages.events import Event
from studio.messages.models import ModelEntry
from studio.settings import Settings
from studio.ui import input_method, language, theme
from studio.ui.main_window import MainWindow
from studio.ui.worker import Delivery, LaneThread
from studio.workspace import notices
from studio.workspace.notices import Notice
from studio.workspace.studio import Studio

SWITCH_SECONDS = 0.0001
"""How long a background thread may hold the interpreter while the UI thread wants it, which is often: each call of Qt,
OpenCV or numpy lets go of it."""
YOUNG = 10_000
"""Objects that are made before the garbage collector looks at the new ones."""
LAST_WORK_SECONDS = 120.0
"""How long the studio waits at its end for journals, a save or an export that are being written to a slow disk."""
FIRST_PAINT = "DANQING_FIRST_PAINT"
"""Names a file that receives the monotonic time in nanoseconds of the canvas' first paint; for the benchmark."""


class Running:
    """A built studio: window, lanes with their threads, engine. ``close`` ends them in order."""

    def __init__(self, application: QApplication, settings: Settings, *, with_engine: bool = True) -> None:
        self.delivery = Delivery()
        deliver = self.delivery.deliver
        self.render_lane, self.files_lane = Lane("render", deliver), Lane("files", deliver)
        self.threads = [LaneThread(self.render_lane, "render"), LaneThread(self.files_lane, "files")]
        self.engine = _engine(deliver, settings, self._engine_says) if with_engine else None
        self.studio = Studio(
            settings,
            render_lane=self.render_lane,
            files_lane=self.files_lane,
            engine=self.engine,
            catalogue=lambda: _models(self.studio.settings),
            translate=lambda context, text: translation.translate(language.spoken(), context, text),
        )
        self.studio.language = language.spoken()
        self.studio.settings_changed.connect(self._follow_language)
        self.window = MainWindow(self.studio)
        self.application = application
        self.closed = False
        for thread in self.threads:
            thread.start()

    def _follow_language(self, _settings: Settings) -> None:
        self.studio.language = language.spoken()
        self.studio.generating.changed.emit()

    def _engine_says(self, event: Event) -> None:
        self.studio.engine_says(event)

    def close(self) -> None:
        """Ends everything; journals are written to the last step first."""
        self.closed = True
        self.studio.filing.stop_opening()
        for picture in tuple(self.studio.pictures):
            self.studio.close(picture)
        if self.engine is not None:
            self.engine.close()
        for lane in (self.render_lane, self.files_lane):
            lane.submit(_nothing)
        deadline = time.monotonic() + LAST_WORK_SECONDS
        while self.files_lane.jobs and time.monotonic() < deadline:
            QCoreApplication.processEvents()
            time.sleep(0.002)
        for lane, thread in zip((self.render_lane, self.files_lane), self.threads, strict=True):
            lane.close()
            thread.finish(int(LAST_WORK_SECONDS * 1000))
            lane.drain()
        self.delivery.drop()


def steady() -> None:
    """Once the window is up: what the program is made of is never searched for garbage again (30 ms each time)."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG, 20, 20)


def _nothing():
    yield from ()


def _engine(deliver: Callable[[Callable[[], None]], None], settings: Settings, says: Callable[[Event], None]):
    """The door to the models; None where torch is not installed, so that the panel can say what to do."""
    if importlib.util.find_spec("torch") is None:
        return None
    from studio.engine.host.process import ChildEngine

    folders = (settings.models_folder,) if settings.models_folder else ()
    return ChildEngine(deliver=deliver, device=settings.device, on_engine=says, folders=folders)


def _models(settings: Settings) -> tuple[ModelEntry, ...]:
    from studio.engine.library.catalog import Catalog

    return Catalog().entries((settings.models_folder,) if settings.models_folder else ())


def main(files: Sequence[str] = ()) -> int:
    """Opens the studio with ``files``; returns the exit code when its window is closed (1, with a line, without its resources)."""
    try:
        paths.resources()
    except FileNotFoundError as error:
        sys.stderr.write(f"danqing: {error}\n")
        return 1
    sys.setswitchinterval(SWITCH_SECONDS)
    log = _log_file()
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QCoreApplication.setAttribute(attribute, False)
    input_method.choose(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    application = QApplication([*sys.argv[:1], "-style", theme.STYLE])
    application.setProperty(theme.STYLED, True)
    application.setApplicationName("danqing")
    application.setApplicationDisplayName("Danqing")
    application.setDesktopFileName("danqing")
    loaded = settings_file.load()
    spoken = language.speak(application, loaded.settings.language)
    theme.wear(application, loaded.settings.theme, spoken)
    sys.excepthook = _report_to(log)
    running = Running(application, loaded.settings)
    sys.excepthook = _report_to(log, running.studio)
    running.window.canvas.first_painted.connect(lambda: _painted(running, loaded, files))
    running.window.show()
    try:
        return application.exec()
    finally:
        running.close()
        running.window.deleteLater()
        if log is not None:
            faulthandler.disable()
            log.close()


def _painted(running: Running, loaded: settings_file.Loaded, files: Sequence[str]) -> None:
    """The window is up: only now what takes time begins."""
    if place := os.environ.get(FIRST_PAINT):
        with open(place, "w", encoding="utf-8") as file:
            file.write(str(time.monotonic_ns()))
    QTimer.singleShot(0, lambda: _after_first_paint(running, loaded, files))


def _after_first_paint(running: Running, loaded: settings_file.Loaded, files: Sequence[str]) -> None:
    studio = running.studio
    steady()
    if loaded.message is not None:
        text = studio.translate("settings", loaded.message.text).format(**loaded.message.arguments)
        studio.tell(Notice(kind="warn", text=notices.NOT_PAINTED, arguments={"reason": text}))
    studio.refresh_models()
    warm(running)
    studio.brushes.load()
    for file in files:
        studio.open(file)
    if running.engine is not None:
        running.engine.start()


def warm(running: Running) -> None:
    """Makes in the background what the first stroke would wait for: grain of the paper, bristles, the compiled parts."""
    running.render_lane.submit(_first_dab, label="warm", priority=Priority.background)


def _first_dab():
    import html  # noqa: F401 - its table of names, for the tip of the picture's tab

    from studio.document import edits
    from studio.project.free_memory import bytes_left
    from studio.raster.brush import INK
    from studio.raster.colour import to_bgra8
    from studio.raster.stroke import Stroke
    from studio.raster.surface import Surface
    from studio.render.renderer import Renderer

    bytes_left()  # it loads what the system tells it by
    yield None
    stroke = Stroke(INK, (0.0, 0.0, 0.0), Surface())
    for step in range(4):
        stroke.add(100.0 + 8 * step, 100.0, None, 0.01 * step)
    stroke.surface()
    yield None
    artwork = edits.new_artwork(64, 64)
    to_bgra8(Renderer().compose(artwork, artwork.rect, 1))


def _log_file():
    try:
        paths.state().mkdir(parents=True, exist_ok=True)
        log = open(paths.state() / "studio.log", "a", encoding="utf-8")
    except OSError:
        return None
    with contextlib.suppress(ValueError):
        faulthandler.enable(log)
    return log


def _report_to(log, studio: Studio | None = None):
    """What no code expected is written to the log and told on a card; the studio goes on."""
    telling = False

    def report(kind: type[BaseException], error: BaseException, trace: object) -> None:
        nonlocal telling
        text = "".join(traceback.format_exception(kind, error, trace))  # type: ignore[arg-type]
        sys.stderr.write(text)
        if log is not None and not log.closed:
            log.write(text)
            log.flush()
        if studio is not None and not telling:  # a card that fails to show must not call for another
            telling = True
            if isinstance(error, MemoryError):
                studio.memory.ran_out()
            arguments = {"reason": f"{kind.__name__}: {error}", "file": str(paths.state() / "studio.log")}
            studio.tell(Notice(kind="error", text=notices.UNEXPECTED, arguments=arguments, details=text))
            telling = False

    return report
