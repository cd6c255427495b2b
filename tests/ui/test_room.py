"""Everything that the window shows, once in each language: no English is left in Chinese, nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTabBar,
    QToolTip,
    QWidget,
)

from studio import translation
from studio.raster.geometry import TILE
from studio.raster.tile import Tile
from studio.render.content import Field
from studio.settings import Settings
from studio.ui import language
from studio.ui.main_window import SMALLEST
from studio.ui.widgets import paint
from studio.ui.widgets.labels import TellsCutWords
from studio.ui.widgets.rows import ChoiceBox
from studio.ui.widgets.value_slider import ValueSlider
from tests.ui import fakes
from tests.ui.walk import Walk, dialog_classes
from tests.ui.windows import Opened, clipped, longer

SCREEN = QSize(1280, 650)
HIGHEST_MENU = 620
HIGHEST_DIALOG = 600
ENGLISH = re.compile(r"[A-Za-z]*[a-z]{3,}")
HANZI = re.compile(r"[\u4e00-\u9fff]+")
KEYS = {
    "Ctrl",
    "Shift",
    "Space",
    "Insert",
    "Delete",
    "Home",
    "Left",
    "Right",
    "Back",
    "Backspace",
    "Enter",
    "Esc",
}
NAMES = {
    "Danqing", "Display", "Adobe", "Intel", "Apple", "Lanczos", "Mitchell", "Blinn", "Photoshop", "Krita", "OpenRaster",
    "Apache", "License", "Lucide", "English", "ppi", "Atkinson", "Bayer", "Bradford", "Burkes", "Canny", "Drago", "Floyd", "Hable",
    "Jarvis", "Judice", "Kuwahara", "Navier", "Ninke", "PatchMatch", "Reinhard", "Scharr", "Sierra", "Sobel", "Steinberg", "Stokes",
    "Stucki", "Telea", "Alpha", "cube", "Open", "Direct", "Mandelbrot", "Julia", "Prewitt", "Roberts", "Inception",
}  # fmt: skip
"""What keys, people, programs and formats are called is the same in Chinese (of OpenGL and DirectX the first half counts)."""
CHINESE_NAMES = {"丹青", "简体中文", "中"}


class Painted:
    """What self-painted widgets write, and what of it is cut off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: set[str] = set()
        self.cut: list[tuple[QWidget | None, str]] = []
        draw = paint.elided

        def elided(
            painter: QPainter, rect: QRectF, text: str, flags: Qt.AlignmentFlag, *where: Qt.TextElideMode
        ) -> None:
            self.words.add(text)
            if QFontMetricsF(painter.font()).horizontalAdvance(text) > rect.width() + 0.01:
                device = painter.device()
                self.cut.append((device if isinstance(device, QWidget) else None, text))
            draw(painter, rect, text, flags, *where)

        monkeypatch.setattr(paint, "elided", elided)

    def look(self, widget: QWidget) -> None:
        """Paints it anew."""
        self.words.clear()
        self.cut.clear()
        widget.grab()


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Painted:
    return Painted(monkeypatch)


def window(application: QApplication, spoken: str) -> Opened:
    entries = (fakes.model(preview=fakes.preview()),)
    settings = Settings(language=spoken, workspace="generate")
    one = Opened(application, settings, None, engine=fakes.FakeEngine(), catalogue=lambda: entries)
    one.studio.refresh_models()
    one.studio.brushes.load()
    one.window.resize(SCREEN)
    one.pump()
    return one


def said(root: QWidget) -> Iterator[str]:
    """Every word that is seen, heard or hovered in a widget and what is in it."""
    yield root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        if widget.objectName().startswith("qt_"):
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(index) for index in range(widget.count()))
        elif isinstance(widget, QListWidget):
            yield from (widget.item(row).text() for row in range(widget.count()))
        elif isinstance(widget, QMenu):
            yield from (action.text() for action in widget.actions())
        elif isinstance(widget, ValueSlider):
            yield widget.title


def stretched(spoken: str) -> dict[str, dict[str, str]]:
    """Every text of a language with a third more."""
    return {
        context: {source: longer(source if spoken == "en" else text) for source, text in entries.items()}
        for context, entries in translation.catalogue("zh_CN").items()
    }


COMMAND = 'pip install "danqing[engine]"'
"""What is to be typed in a terminal is the same in all languages."""
PARAGRAPH = 20
"""Hanzi from which a text is a paragraph."""
CITATION = re.compile(r"（[^（）]*\d{4}[^（）]*）")


def foreign(text: str, spoken: str) -> bool:
    """Whether a text is in the other language; the names of things are in both."""
    if spoken == "en":
        return any(word not in CHINESE_NAMES for word in HANZI.findall(text))
    if len("".join(HANZI.findall(text))) > PARAGRAPH and text.rstrip("·").endswith("。"):
        return False  # what a filter does: its formula, and who found it, are written so in Chinese too
    plain = CITATION.sub("", text.replace("&", "").replace(COMMAND, ""))
    return any(word not in KEYS | NAMES for word in ENGLISH.findall(plain))


def untold(painted: Painted) -> list[str]:
    """What is cut off, and not even told by a tip."""
    return [
        f"{type(widget).__name__} “{text}”"
        for widget, text in painted.cut
        if not (isinstance(widget, TellsCutWords) and widget.cut_words() == text)
        and not (isinstance(widget, QWidget) and text in widget.toolTip())
    ]


def faults(widget: QWidget, painted: Painted) -> list[str]:
    painted.look(widget)
    found = [*clipped(widget), *untold(painted)]
    if isinstance(widget, QMenu) and widget.sizeHint().height() > HIGHEST_MENU:
        found.append(f"{widget.sizeHint().height()} px high")
    if isinstance(widget, QDialog) and (
        widget.width() > SMALLEST.width() or widget.height() > HIGHEST_DIALOG
    ):
        found.append(f"{widget.width()} × {widget.height()}")
    return found


@pytest.mark.parametrize("spoken", [pytest.param("en", marks=pytest.mark.slow), "zh_CN"])
def test_all_words_are_of_the_language_and_longer_ones_have_room(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, painted: Painted, spoken: str
) -> None:
    words = stretched(spoken)
    monkeypatch.setattr(translation, "catalogue", lambda _language: words)
    blank = Tile(np.zeros((TILE, TILE, 4), np.float32))  # no word depends on what a landscape looks like
    monkeypatch.setattr(Field, "_tile", lambda *_: blank)
    english = language.Catalogue("en", qapp)  # the window itself has none: its texts are English
    if spoken == "en":
        qapp.installTranslator(english)
    one = window(qapp, spoken)
    walk, found, others = Walk(one), dict[str, list[str]](), dict[str, str]()
    for name, widget in walk:
        if faulty := faults(widget, painted):
            found[name] = faulty
        seen = {*said(widget), *(painted.words if name != "fonts" else ())}
        others |= {text: name for text in seen if foreign(text, spoken)}
        if widget is one.window:
            one.window.resize(SMALLEST)
            one.pump(1)
            if faulty := faults(widget, painted):
                found[f"{name}, smallest"] = faulty
            one.window.resize(SCREEN)
            one.pump(1)
    one.close()
    qapp.removeTranslator(english)
    english.deleteLater()
    assert not {one.__name__ for one in dialog_classes() - walk.seen}, "the walk must open every dialog"
    assert not others
    assert not found


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_menus_fit_on_a_small_screen(qapp: QApplication, spoken: str) -> None:
    one = window(qapp, spoken)
    one.window.menu_line.fill()
    heights = {path: menu.sizeHint().height() for path, menu in one.window.menu_line._menus.items()}
    assert {"Layer", "View"} <= set(heights)
    assert {path: height for path, height in heights.items() if height > HIGHEST_MENU} == {}
    one.close()


def test_what_is_cut_off_is_told_by_its_tip(qtbot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItem("a rather long choice")
    box.setToolTip("Blend mode")
    box.resize(400, 28)
    assert not box.cut_words()
    box.resize(80, 28)
    place = QPoint(4, 4)
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, place, box.mapToGlobal(place)))
    assert QToolTip.text() == "a rather long choice\nBlend mode"
    QToolTip.hideText()
