"""Colour, palettes, histogram, info, channels and the reference board in the window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document import edits
from studio.document.layer import Paint
from studio.project import palettes
from studio.project.palettes import Palette, Swatch
from studio.raster.colour import rgb_to_oklch
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui.main_window import SMALLEST
from studio.ui.panels.channels import ChannelsPanel
from studio.ui.panels.colour import UNDER, ColourPanel
from studio.ui.panels.histogram import HistogramPanel
from studio.ui.panels.info import InfoPanel
from studio.ui.panels.palettes import PalettesPanel
from studio.ui.panels.reference import ReferencePanel
from studio.ui.widgets.colour_sliders import CHROMA, MODELS, colour_of
from tests.ui.windows import Opened


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), None)
    yield window
    window.close()


def shown(opened: Opened, name: str):
    panel = opened.window.docks.show_panel(name)
    opened.pump()
    return panel


def colour_panel(opened: Opened, page: str) -> ColourPanel:
    panel = shown(opened, "colour")
    assert isinstance(panel, ColourPanel)
    panel.pages.choose(page)
    opened.pump()
    return panel


def test_sliders_and_harmonies_set_the_colour(opened: Opened) -> None:
    panel = shown(opened, "colour")
    assert isinstance(panel, ColourPanel)
    painting = opened.studio.painting
    panel.pages.choose("sliders")
    for model, parts in (("rgb", (1.0, 0.5, 0.0)), ("hsv", (0.5, 1.0, 1.0)), ("oklch", (0.6, 0.0, 0.0))):
        panel.sliders.set_model(model)
        for slider, value in zip(panel.sliders.sliders, parts, strict=True):
            slider.take(value)
    assert painting.colour == pytest.approx((0.5, 0.5, 0.5), abs=0.03)
    panel.sliders.set_model("hsv")
    assert panel.sliders.sliders[1].value() < 0.02
    painting.set_colour((0.8, 0.3, 0.2))
    opened.pump()
    offered = [swatch.colour() for swatch in panel.harmonies.swatches[:2]]
    panel.harmonies.swatches[1].click()
    opened.pump()
    assert painting.colour == offered[1]
    assert [swatch.colour() for swatch in panel.harmonies.swatches[:2]] == offered


@pytest.mark.parametrize("model", MODELS)
def test_a_track_shows_what_the_colour_becomes(opened: Opened, model: str) -> None:
    panel = colour_panel(opened, "sliders")
    panel.sliders.set_model(model)
    opened.studio.painting.set_colour((0.2, 0.4, 0.8))
    opened.pump()
    parts = panel.sliders._parts
    for index, slider in enumerate(panel.sliders.sliders):
        image = slider.grab().toImage()
        track = slider.track()
        for part in (0.02, 0.5, 0.97):
            x = round(track.left() + part * track.width())
            if abs(x - slider._place(slider.value())) < 10:
                continue  # there stands the handle
            value = (x + 0.5 - track.left()) / track.width() * slider.high
            expected = colour_of(tuple(value if i == index else parts[i] for i in range(3)), model)  # type: ignore[arg-type]
            found = image.pixelColor(x, round(track.center().y()) - 3)
            assert (found.redF(), found.greenF(), found.blueF()) == pytest.approx(expected, abs=0.03)


def test_tracks_follow_each_change(opened: Opened) -> None:
    panel = colour_panel(opened, "sliders")
    opened.pump()
    before = panel.sliders.sliders[2].grab().toImage()
    panel.sliders.sliders[0].take(0.3)
    assert panel.sliders.sliders[2].grab().toImage() != before
    assert panel.sliders.choice.value() == "hsv"
    panel.sliders.set_model("rgb")
    assert panel.sliders.choice.value() == "rgb"


def test_chroma_is_a_chroma_and_marks_where_srgb_ends(opened: Opened) -> None:
    panel = colour_panel(opened, "sliders")
    panel.sliders.set_model("oklch")
    opened.studio.painting.set_colour((1.0, 0.0, 0.0))
    opened.pump()
    chroma = panel.sliders.sliders[CHROMA]
    assert chroma.text() == "0.258"  # of sRGB's red (CSS Color 4)
    assert chroma.limit == pytest.approx(0.258, abs=0.003)
    assert "sRGB" in chroma.toolTip()
    chroma.take(0.1)
    assert chroma.text() == "0.100"
    assert rgb_to_oklch(np.array(opened.studio.painting.colour))[1] == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize("height", [200, 206, 240, 304, 460])
def test_the_wheel_takes_the_room_that_there_is(opened: Opened, height: int) -> None:
    panel = ColourPanel(opened.studio)
    panel.resize(300, height)
    panel.show()
    opened.pump()
    ring = panel.wheel.ring
    under = min(284, height - 16 - panel.pages.height() - 4 - UNDER)
    assert min(ring.width(), ring.height()) >= max(under, min(150, height - 54))
    inside = QRect(0, 0, 300, height)
    for widget in (ring, panel.wheel.field, panel.wheel.reset, *panel.swatches):
        assert inside.contains(QRect(widget.mapTo(panel, QPoint()), widget.size()))
    panel.close()
    panel.deleteLater()


@pytest.mark.parametrize("size", [QSize(1280, 650), SMALLEST], ids=["usual", "smallest"])
def test_all_sliders_are_seen_in_a_small_window(opened: Opened, size: QSize) -> None:
    opened.window.resize(size)
    panel = colour_panel(opened, "wheel")
    before = opened.window.docks["layers"].geometry()
    for page in ("sliders", "harmony", "wheel", "sliders"):
        panel.pages.choose(page)
        opened.pump()
        assert opened.window.docks["layers"].geometry() == before
    for slider in panel.sliders.sliders:
        assert slider.visibleRegion().boundingRect().height() == slider.height()


def test_a_palette_is_clicked_and_walked_by_keys(opened: Opened, tmp_path: Path) -> None:
    panel = shown(opened, "palettes")
    assert isinstance(panel, PalettesPanel)
    assert len(opened.studio.palettes.palettes) >= 3
    many = Palette("Many", tuple(Swatch((i / 99_999, 0.0, 0.0)) for i in range(100_000)))
    file = tmp_path / "many.gpl"
    file.write_bytes(palettes.encode(many, ".gpl"))
    opened.studio.palettes.open(str(file))
    opened.pump()
    grid = panel.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(3).center())
    assert opened.studio.painting.colour == opened.studio.palettes.palettes[-1].swatches[3].colour
    for _ in range(40):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    index = 3 + 40 * grid.columns
    assert grid.current == index and grid.viewport().rect().contains(grid.rect_of(index))
    assert grid.index_at(grid.rect_of(index).center()) == index and grid.index_at(QPoint(-5, -5)) == -1


def test_histogram_info_and_channels_follow_the_picture(opened: Opened) -> None:
    opened.studio.new_picture(64, 48, background=(1.0, 0.0, 0.0, 1.0))
    histogram, channels = shown(opened, "histogram"), shown(opened, "channels")
    assert isinstance(histogram, HistogramPanel) and isinstance(channels, ChannelsPanel)
    histogram.refresh()
    opened.pump()
    found = histogram.curve.found
    assert found is not None and found.counts[0, 255] == found.pixels and found.counts[1, 0] == found.pixels
    channels.rows["green"].click()
    assert opened.studio.viewing.look == "green" and channels.rows["green"].alone
    channels.rows["all"].click()
    assert opened.studio.viewing.look == ""
    QTest.mouseClick(channels.rows["red"], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    opened.pump()
    assert opened.studio.current is not None and opened.studio.current.document.artwork.selection is not None
    channels.rows["alpha"].click()
    assert opened.studio.viewing.look == "alpha" and channels.rows["alpha"].alone
    assert not channels.rows["red"].shown
    channels.rows["all"].click()
    assert opened.studio.viewing.look == "" and channels.rows["red"].shown
    info = shown(opened, "info")
    assert isinstance(info, InfoPanel)
    opened.studio.viewing.point_at((10.5, 20.5))
    opened.studio.samplers.pin()
    info.refresh()
    opened.pump()
    assert info.place.text() == "X 10   Y 20" and "#FF0000" in info.colour.text()
    assert (
        info.rows[0].isVisible() and "255 0 0" in info.rows[0].words.text() and not info.rows[1].isVisible()
    )


def test_info_composes_nothing_on_the_thread_of_the_window(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = opened.studio
    picture = studio.new_picture(64, 48, background=(1.0, 0.0, 0.0, 1.0))
    info = shown(opened, "info")
    assert isinstance(info, InfoPanel)
    for x in (5.0, 25.0, 45.0):
        studio.samplers.pin((x, 10.0))
    opened.pump()
    read, compose = [], picture.renderer.compose
    monkeypatch.setattr(
        picture.renderer, "compose", lambda *given, **more: (read.append(given), compose(*given, **more))[1]
    )
    studio.viewing.point_at((10.5, 20.5))
    info.refresh()
    assert not read and info.place.text() == "X 10   Y 20"
    opened.pump()
    assert read and "#FF0000" in info.colour.text() and "255 0 0" in info.rows[2].words.text()
    info.refresh()
    studio.viewing.point_at(None)
    info.refresh()
    opened.pump()
    assert info.place.text() == "—" and "#" not in info.colour.text(), (
        "what comes late is not of a pen that left"
    )
    studio.samplers.unpin(0)
    info.refresh()
    assert [row.isVisible() for row in info.rows[:3]] == [True, True, False], "a row takes away what it shows"
    opened.pump()
    studio.new_picture(32, 32)
    info.refresh()
    opened.pump()
    assert not info.rows[0].isVisible() and not info.selection.isVisible()


def test_alpha_is_seen_and_selected_as_it_is(opened: Opened) -> None:
    studio = opened.studio
    studio.new_picture(64, 48, background=None)
    picture = studio.current
    assert picture is not None
    pixels = np.zeros((48, 64, 4), np.float16)
    pixels[:, 20:40] = (0.5, 0, 0, 0.5)
    pixels[:, 40:] = (0, 0, 0, 1)
    artwork = edits.new_artwork(64, 48)
    layer = Paint(name="Half", surface=Surface.from_pixels(pixels))
    picture.document.commit("Put", edits.set_active(artwork.with_(layers=(layer,)), layer.id))
    panel = shown(opened, "channels")
    assert isinstance(panel, ChannelsPanel)
    panel.refresh()
    opened.pump()
    small = panel.rows["alpha"].image
    for place, value in ((8, 0), (30, 128), (55, 255)):
        assert small.pixelColor(place, 20).red() == pytest.approx(value, abs=2)
    panel.rows["alpha"].click()
    opened.pump()
    canvas = opened.window.canvas
    image = canvas.grab().toImage()
    for place, value in ((8, 0), (30, 128), (55, 255)):
        at = canvas.viewport.to_view().map(QPointF(place + 0.5, 20.5))
        assert image.pixelColor(at.toPoint()).red() == pytest.approx(value, abs=2)
    panel.select("alpha")
    opened.pump()
    selection = picture.document.artwork.selection
    assert selection is not None
    np.testing.assert_allclose(selection.read(Rect(0, 20, 64, 21))[0, [8, 30, 55]], (0, 0.5, 1), atol=1e-3)
    panel.rows["all"].click()


def test_a_channel_joins_the_selection_as_the_keys_say_in_one_step(opened: Opened) -> None:
    """Red in the left half, green in the upper half: each quarter tells which of the two it took."""
    studio = opened.studio
    studio.new_picture(64, 48, background=None)
    picture = studio.current
    assert picture is not None
    document = picture.document
    pixels = np.zeros((48, 64, 4), np.float16)
    pixels[..., 3] = 1
    pixels[:, :32, 0] = pixels[:24, :, 1] = 1
    layer = Paint(name="Two", surface=Surface.from_pixels(pixels))
    document.commit("Put", edits.set_active(edits.new_artwork(64, 48).with_(layers=(layer,)), layer.id))
    panel = shown(opened, "channels")
    assert isinstance(panel, ChannelsPanel)
    panel.refresh()
    opened.pump()
    keys = Qt.KeyboardModifier
    quarters = [(10, 10), (50, 10), (10, 40), (50, 40)]
    cases = {
        "Load": (keys.ControlModifier, [1, 1, 0, 0]),
        "Add": (keys.ControlModifier | keys.ShiftModifier, [1, 1, 1, 0]),
        "Subtract": (keys.ControlModifier | keys.AltModifier, [0, 0, 1, 0]),
        "Intersect": (keys.ControlModifier | keys.ShiftModifier | keys.AltModifier, [1, 0, 0, 0]),
    }
    panel.select("red")
    opened.pump()
    steps = len(document.history)
    for word, (held, wanted) in cases.items():
        for way in ("keys", "menu"):
            if way == "keys":
                QTest.mouseClick(panel.rows["green"], Qt.MouseButton.LeftButton, held)
            else:
                menu = panel.rows["green"].menu()
                next(action for action in menu.actions() if action.text() == word).trigger()
                menu.close()
                menu.deleteLater()
            opened.pump()
            selection = document.artwork.selection
            assert selection is not None
            found = [float(selection.read(Rect(x, y, x + 1, y + 1))[0, 0]) for x, y in quarters]
            assert found == wanted, (word, way)
            assert len(document.history) == steps + 1 and studio.viewing.look == ""
            studio.undo()


def test_references_are_dropped_moved_sized_and_picked_from(opened: Opened, tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (200, 100), (200, 60, 40)).save(data, "PNG")
    (tmp_path / "one.png").write_bytes(data.getvalue())
    opened.studio.new_picture(64, 48)
    panel = shown(opened, "reference")
    assert isinstance(panel, ReferencePanel)
    plane, studio = panel.plane, opened.studio
    studio.board.add_files([str(tmp_path / "one.png")])
    opened.pump()
    panel.refresh()
    opened.pump()
    middle = plane.rect_of(studio.board.pictures[0]).center()
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, pos=middle.toPoint())
    assert studio.painting.colour == pytest.approx((200 / 255, 60 / 255, 40 / 255), abs=0.01)
    before = studio.board.pictures[0]
    drag(plane, middle, middle + QPointF(30, 20))
    moved = studio.board.pictures[0]
    assert moved.x - before.x == pytest.approx(30 / plane.scale, rel=0.1) and moved.width == before.width
    corner = plane.rect_of(moved).bottomRight() - QPointF(4, 4)
    drag(plane, corner, corner + QPointF(20, 0))
    assert studio.board.pictures[0].width > moved.width
    QTest.keyClick(plane, Qt.Key.Key_Delete)
    assert studio.board.pictures == ()


def reference_panel(opened: Opened, tmp_path: Path) -> ReferencePanel:
    """With one picture on the board, red at its left and blue at its right."""
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[:, :100], pixels[:, 100:] = (200, 60, 40), (40, 60, 200)
    Image.fromarray(pixels).save(tmp_path / "one.png")
    opened.studio.new_picture(64, 48)
    panel = shown(opened, "reference")
    assert isinstance(panel, ReferencePanel)
    assert not panel.grey.isEnabled() and not panel.flip.isEnabled()
    opened.studio.board.add_files([str(tmp_path / "one.png")])
    opened.pump()
    panel.refresh()
    opened.pump()
    return panel


def test_a_reference_in_grey_and_flipped_is_seen_and_picked_from_so(opened: Opened, tmp_path: Path) -> None:
    panel = reference_panel(opened, tmp_path)
    plane, studio = panel.plane, opened.studio
    place = plane.rect_of(studio.board.pictures[0])
    left = QPointF(place.left() + place.width() / 4, place.center().y())
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, pos=left.toPoint())
    assert panel.grey.isEnabled() and not panel.grey.isChecked()
    panel.flip.click()
    opened.pump()
    assert panel.flip.isChecked() and studio.board.pictures[0].flipped
    colour = plane.grab().toImage().pixelColor((left * plane.devicePixelRatioF()).toPoint())
    assert colour.blue() > 150 > colour.red()
    assert plane.colour_at(left) == pytest.approx((40 / 255, 60 / 255, 200 / 255), abs=0.01)
    panel.grey.click()
    opened.pump()
    red, green, blue = plane.colour_at(left) or (0, 1, 2)
    assert red == green == blue and panel.grey.isChecked()
    studio.undo()
    studio.undo()
    opened.pump()
    assert not panel.grey.isChecked() and not panel.flip.isChecked()
    assert plane.colour_at(left) == pytest.approx((200 / 255, 60 / 255, 40 / 255), abs=0.01)
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, pos=QPointF(2, 2).toPoint())
    assert not panel.grey.isEnabled()


def test_paste_on_the_board_is_not_a_layer(opened: Opened, tmp_path: Path) -> None:
    panel = reference_panel(opened, tmp_path)
    studio, told = opened.studio, []
    studio.notice.connect(lambda one: told.append(one.text.format(**one.arguments)))
    layers = studio.current.document.artwork.layers
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    panel.plane.setFocus()
    QTest.keyClick(panel.plane, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    opened.pump()
    assert len(studio.board.pictures) == 2 and studio.board.pictures[1].name == "Pasted picture"
    assert studio.current.document.artwork.layers == layers and not told
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "one.png"))])
    QGuiApplication.clipboard().setMimeData(data)
    panel.paste()
    opened.pump()
    assert [one.name for one in studio.board.pictures] == ["one.png", "Pasted picture", "one.png"]
    QGuiApplication.clipboard().setText("words")
    panel.paste()
    QGuiApplication.clipboard().clear()
    panel.paste()
    assert len(told) == 2 and all("clipboard holds nothing" in one for one in told)


def test_a_picture_dragged_from_a_browser_is_put_on_the_board(opened: Opened, tmp_path: Path) -> None:
    panel = reference_panel(opened, tmp_path)
    studio, told = opened.studio, []
    studio.notice.connect(lambda one: told.append(one.text))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    pictured, addressed, words = QMimeData(), QMimeData(), QMimeData()
    pictured.setData("image/png", QByteArray((tmp_path / "one.png").read_bytes()))
    addressed.setUrls([QUrl("https://example.org/one.png")])
    words.setText("words")
    for data, taken in ((pictured, True), (addressed, True), (words, False)):
        enter = QDragEnterEvent(QPoint(20, 20), copy, data, left, none)
        QApplication.sendEvent(panel, enter)
        assert enter.isAccepted() is taken
        if taken:
            QApplication.sendEvent(panel, QDropEvent(QPointF(20, 20), copy, data, left, none))
            opened.pump()
    assert [one.name for one in studio.board.pictures] == ["one.png", "Dropped picture"]
    assert len(told) == 1 and "fetches nothing" in told[0]


def drag(widget, start: QPointF, end: QPointF) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start.toPoint())
    QTest.mouseMove(widget, end.toPoint())
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end.toPoint())
