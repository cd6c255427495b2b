"""The real window with its threads, as ``danqing`` starts it, with and without its engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio import app
from studio.settings import Settings
from studio.ui import language, theme
from studio.workspace.notices import Notice
from tests.engine.conftest import write_model

PATIENCE = 60_000


class Window:
    """A running studio and what it told."""

    def __init__(
        self, application: QApplication, qtbot: QtBot, with_engine: bool, spoken: str = "en"
    ) -> None:
        theme.wear(application, "dark", language.speak(application, spoken))
        self.qtbot = qtbot
        settings = Settings(language=spoken, theme="dark")  # type: ignore[arg-type]
        self.running = app.Running(application, settings, with_engine=with_engine)
        self.studio, self.window = self.running.studio, self.running.window
        self.told: list[Notice] = []
        self.studio.notice.connect(self.told.append)
        self.window.show()
        qtbot.waitExposed(self.window)
        if with_engine:
            self.studio.refresh_models()
            self.until(lambda: self.studio.generating.model is not None)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def quiet(self) -> None:
        """Until nothing runs or waits any more."""
        studio, engine = self.studio, self.running.engine
        self.until(
            lambda: (
                not (studio.jobs.lines or studio.files_lane.jobs or studio.render_lane.jobs)
                and not (engine is not None and engine.running)
            )
        )
        QApplication.processEvents()

    def drop(self, *files: Path) -> None:
        """What the file browser does when files are let fall on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        place = QPointF(self.window.rect().center())
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, left, none))

    def stroke(self, y: float = 0.5) -> None:
        """Draws with the mouse at this height of the picture, a fraction."""
        canvas, picture = self.window.canvas, self.studio.current
        assert picture is not None
        artwork = picture.document.artwork

        def place(part: float) -> QPoint:
            point = QPointF(artwork.width * (0.2 + 0.6 * part), artwork.height * y)
            return (canvas.viewport.to_view().map(point) / canvas.devicePixelRatioF()).toPoint()

        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(0))
        for step in range(1, 7):
            QTest.mouseMove(canvas, place(step / 6))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(1))

    def sentences(self, *kinds: str) -> list[str]:
        """What was told, as it is read."""
        return [one.text.format(**one.arguments) for one in self.told if one.kind in kinds]

    def cards(self) -> list[str]:
        """What stands on the cards over the canvas."""
        return [card.sentence.text() for card in self.window.notices.cards]

    def close(self) -> None:
        if not self.running.closed:
            self.window.close()
            self.running.close()
            self.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def tiny(home: Path) -> Path:
    """A model named ``tiny`` in the artist's models folder: small pictures, quickly made."""
    path = home / "data" / "models" / "tiny.safetensors"
    path.parent.mkdir(parents=True)
    write_model(path)
    return path


@pytest.fixture
def launch(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Window]]:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    started: list[Window] = []

    def start(with_engine: bool = False, spoken: str = "en") -> Window:
        started.append(Window(qapp, qtbot, with_engine, spoken))
        return started[-1]

    yield start
    for window in started:
        window.close()
