"""What is pasted and dropped into the window: files, picture bytes, pixels, words; on the canvas and beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QWidget

from studio.document import placing
from studio.document.layer import Paint, Text
from studio.settings import Settings
from studio.ui.incoming import only_address, pictures_of
from studio.ui.widgets.picture_strip import PICTURE_MIME
from studio.workspace.tools.text import TextSession
from tests.ui.windows import Opened, empty_panel

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def image(width: int = 40, height: int = 30) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(200, 60, 40))
    return made


def file_of(path: Path) -> str:
    assert image().save(str(path))
    return str(path)


def with_files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def drag(opened: Opened, data: QMimeData, onto: QWidget, at: QPointF | None = None) -> str:
    """Drags ``data`` over a widget and lets it go there; returns what the status line said meanwhile."""
    window = opened.window
    place = onto.mapTo(window, (at or QPointF(onto.rect().center())).toPoint())
    enter = QDragEnterEvent(place, COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return ""
    QApplication.sendEvent(window, QDragMoveEvent(place, COPY, data, LEFT, NONE))
    said = window.status.hint.text()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), COPY, data, LEFT, NONE))
    opened.pump()
    return said


def on_canvas(opened: Opened, x: float, y: float) -> QPointF:
    """A document point as a place of the canvas."""
    canvas = opened.window.canvas
    return canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()


def middle_of_active(opened: Opened) -> tuple[float, float]:
    assert opened.studio.current is not None
    artwork = opened.studio.current.document.artwork
    frame = placing.frame_of(artwork, [artwork.active])
    assert frame is not None
    return (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2


def layers(opened: Opened) -> list[str]:
    assert opened.studio.current is not None
    return [layer.name for layer in opened.studio.current.document.artwork.layers]


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark", workspace="paint"), empty_panel)
    yield one
    one.close()


@pytest.fixture
def board() -> QMimeData:
    """Puts nothing of another test on the clipboard."""
    QGuiApplication.clipboard().clear()
    return QMimeData()


def test_files_dropped_on_the_canvas_become_layers_under_the_pen(opened: Opened, tmp_path: Path) -> None:
    opened.studio.new_picture(400, 300)
    opened.pump()
    canvas = opened.window.canvas
    data = with_files(file_of(tmp_path / "山.png"), file_of(tmp_path / "水.png"))
    said = drag(opened, data, canvas, on_canvas(opened, 120.0, 90.0))
    assert "new layer" in said and "new layer" not in opened.window.status.hint.text()
    assert layers(opened) == ["Paper", "山", "水"] and len(opened.studio.pictures) == 1
    assert middle_of_active(opened) == pytest.approx((120, 90), abs=2)
    opened.studio.undo()
    assert layers(opened) == ["Paper"]


def test_files_dropped_elsewhere_are_opened(opened: Opened, tmp_path: Path) -> None:
    path = file_of(tmp_path / "one.png")
    drag(opened, with_files(path), opened.window.canvas)  # the start page
    assert [one.title for one in opened.studio.pictures] == ["one"]
    said = drag(opened, with_files(file_of(tmp_path / "two.png")), opened.window.tabs)
    assert "opens" in said
    drag(opened, with_files(file_of(tmp_path / "three.png")), opened.window.docks["layers"])
    assert [one.title for one in opened.studio.pictures] == ["one", "two", "three"]
    assert all(len(one.document.artwork.layers) == 1 for one in opened.studio.pictures)


def test_a_project_dropped_on_the_canvas_is_opened(opened: Opened, tmp_path: Path) -> None:
    saved = opened.studio.new_picture(64, 64)
    path = tmp_path / "kept.danqing"
    opened.studio.filing.save(saved, str(path))
    opened.pump()
    opened.studio.close(saved)
    opened.studio.new_picture(32, 32)
    opened.pump()
    drag(opened, with_files(str(path)), opened.window.canvas)
    assert [one.title for one in opened.studio.pictures][-1] == "kept" and len(opened.studio.pictures) == 2


@pytest.mark.parametrize("how", ["bytes", "pixels", "data address"])
def test_a_picture_dragged_from_a_browser_becomes_a_layer(opened: Opened, how: str, tmp_path: Path) -> None:
    opened.studio.new_picture(400, 300)
    opened.pump()
    data, raw = QMimeData(), Path(file_of(tmp_path / "one.png")).read_bytes()
    data.setHtml('<img src="https://example.org/one.png">')
    if how == "bytes":
        data.setData("image/png", raw)
    elif how == "pixels":
        data.setImageData(image())
    else:
        data.setHtml(f'<img alt="" src="data:image/png;base64,{base64.b64encode(raw).decode()}">')
    drag(opened, data, opened.window.canvas, on_canvas(opened, 200.0, 100.0))
    assert layers(opened) == ["Paper", "Dropped picture"]
    assert middle_of_active(opened) == pytest.approx((200, 100), abs=2)
    assert opened.studio.current is not None
    pixels = opened.studio.current.renderer.flatten(opened.studio.current.document.artwork)
    assert pixels[100, 200, :3] * 255 == pytest.approx((200, 60, 40), abs=0.6)


def test_an_address_alone_is_not_fetched(opened: Opened) -> None:
    told: list[str] = []
    opened.studio.notice.connect(lambda one: told.append(one.text.format(**one.arguments)))
    opened.studio.new_picture(40, 30)
    opened.pump()
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/one.png")])
    assert only_address(data) and not pictures_of(data, "x")
    drag(opened, data, opened.window.canvas)
    assert len(told) == 1 and "fetches nothing" in told[0] and layers(opened) == ["Paper"]
    told.clear()
    assert drag(opened, data, opened.window.tabs) == ""  # no place for it there
    assert not told


def test_leaving_takes_the_hint_away(opened: Opened, tmp_path: Path) -> None:
    data = with_files(file_of(tmp_path / "one.png"))
    place = opened.window.tabs.mapTo(opened.window, QPoint(5, 5))
    QApplication.sendEvent(opened.window, QDragEnterEvent(place, COPY, data, LEFT, NONE))
    assert "opens" in opened.window.status.hint.text()
    QApplication.sendEvent(opened.window, QDragLeaveEvent())
    assert "opens" not in opened.window.status.hint.text()


def test_in_a_zoomed_view_it_lies_under_the_pen_too(opened: Opened, tmp_path: Path) -> None:
    opened.studio.new_picture(400, 300)
    opened.pump()
    canvas = opened.window.canvas
    canvas.set_viewport(canvas.viewport.centred(50.0, 40.0).zoomed(4.0))
    data = with_files(file_of(tmp_path / "one.png"))
    drag(opened, data, canvas, QPointF(canvas.rect().center()))
    assert middle_of_active(opened) == pytest.approx((50, 40), abs=2)


def test_files_are_pasted_as_layers_where_a_picture_is_open(
    opened: Opened, board: QMimeData, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(with_files(file_of(tmp_path / "one.png")))
    opened.window.actions_.run("paste")
    opened.pump()
    assert [one.title for one in opened.studio.pictures] == ["one"]
    opened.studio.new_picture(400, 300)
    opened.pump()
    data = with_files(file_of(tmp_path / "two.png"))
    data.setImageData(image(5, 5))  # some systems put the file's icon beside it
    QGuiApplication.clipboard().setMimeData(data)
    opened.window.actions_.run("paste")
    opened.pump()
    assert layers(opened) == ["Paper", "two"] and len(opened.studio.pictures) == 2
    assert middle_of_active(opened) == pytest.approx((200, 150), abs=1)


def test_words_are_a_text_layer_in_the_middle_of_the_view(opened: Opened, board: QMimeData) -> None:
    opened.studio.new_picture(400, 300)
    opened.pump()
    opened.studio.painting.choose_tool("text")
    opened.studio.painting.change_options("text", size=20.0)
    opened.studio.painting.choose_tool("ink")
    canvas = opened.window.canvas
    canvas.set_viewport(canvas.viewport.zoomed(8.0).centred(300.0, 200.0))
    QGuiApplication.clipboard().setText("ink")
    opened.window.actions_.run("paste")
    opened.pump()
    session = opened.studio.painting.session
    assert isinstance(session, TextSession) and session.setting is not None
    opened.studio.painting.close_session()
    assert opened.studio.current is not None
    layer = opened.studio.current.document.artwork.active_layer
    assert isinstance(layer, Text) and layer.text == "ink"
    x, y = middle_of_active(opened)
    assert (x, y) == pytest.approx((300, 200), abs=12)


def test_long_words_are_wrapped_in_a_box_that_is_seen(opened: Opened, board: QMimeData) -> None:
    opened.studio.new_picture(400, 300)
    opened.pump()
    QGuiApplication.clipboard().setText("mountain water ink brush " * 20)
    opened.window.actions_.run("paste")
    opened.pump()
    opened.studio.painting.close_session()
    assert opened.studio.current is not None
    layer = opened.studio.current.document.artwork.active_layer
    assert isinstance(layer, Text) and layer.style.boxed
    assert (layer.style.width, layer.style.height) == (320, 240)
    assert (layer.transform[4], layer.transform[5]) == (40, 30)


def test_words_where_nothing_is_open_begin_a_picture(opened: Opened, board: QMimeData) -> None:
    """Never an older clip of our own: the clipboard holds the words now."""
    opened.studio.new_picture(50, 40)
    opened.studio.clipboard.copy()
    opened.pump()
    opened.studio.close(opened.studio.pictures[0])
    opened.pump()
    assert opened.studio.clipboard.clip is not None
    QGuiApplication.clipboard().setText("山水")
    opened.window.actions_.run("paste")
    opened.pump()
    opened.studio.painting.close_session()
    (picture,) = opened.studio.pictures
    size = opened.window.start_page.paper_size()
    assert (picture.document.artwork.width, picture.document.artwork.height) == (size.width(), size.height())
    layer = picture.document.artwork.active_layer
    assert isinstance(layer, Text) and layer.text == "山水"


def test_our_clip_is_pasted_only_while_the_clipboard_holds_it(opened: Opened, board: QMimeData) -> None:
    told: list[str] = []
    opened.studio.notice.connect(lambda one: told.append(one.text.format(**one.arguments)))
    opened.studio.new_picture(50, 40)
    opened.studio.clipboard.copy()
    opened.pump()
    opened.window.actions_.run("paste")
    opened.pump()
    assert layers(opened) == ["Paper", "Paper"] and not told
    QGuiApplication.clipboard().clear()
    for action in ("paste", "paste-new", "paste-into"):
        opened.window.actions_.run(action)
        opened.pump()
    assert layers(opened) == ["Paper", "Paper"] and len(opened.studio.pictures) == 1
    assert len(told) == 3 and all("clipboard holds nothing" in text for text in told)


def test_pasting_into_the_selection(opened: Opened, board: QMimeData) -> None:
    opened.studio.new_picture(200, 150)
    opened.pump()
    opened.studio.selecting.all()
    QGuiApplication.clipboard().setImage(image())
    assert opened.window.actions_.run("paste-into")
    opened.pump()
    assert opened.studio.current is not None
    layer = opened.studio.current.document.artwork.active_layer
    assert isinstance(layer, Paint) and layer.mask is not None
    assert middle_of_active(opened) == pytest.approx((100, 75), abs=1)


def test_drops_of_results_go_on_to_the_strip(opened: Opened) -> None:
    data = QMimeData()
    data.setData(PICTURE_MIME, b"key")
    opened.studio.new_picture(40, 30)
    opened.pump()
    window = opened.window
    for target, taken in ((window.canvas, True), (window.tabs, False)):
        place = target.mapTo(window, target.rect().center())
        QApplication.sendEvent(window, QDragEnterEvent(place, COPY, data, LEFT, NONE))
        event = QDropEvent(QPointF(place), COPY, data, LEFT, NONE)
        QApplication.sendEvent(window, event)
        assert event.isAccepted() is taken
    assert layers(opened) == ["Paper"]
