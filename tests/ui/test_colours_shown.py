"""In the window a colour looks like its swatch in every colour space: canvas, panels, dialogs, clipboard, references."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QColorSpace, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from studio.document import edits
from studio.document.layer import Fill
from studio.project import profiles
from studio.project.palettes import Palette, Swatch
from studio.settings import Settings
from studio.ui.canvas.popup_palette import ColourDot
from studio.ui.dialogs.effects import EffectsDialog
from studio.ui.dialogs.fill_layer import FillLayerDialog
from studio.ui.panels.colour import ColourPanel
from studio.ui.panels.info import InfoPanel
from studio.ui.panels.layer_painter import thumb_rect
from studio.ui.panels.layers import LayersPanel
from studio.ui.panels.navigator import NavigatorPanel
from studio.ui.panels.palettes import PalettesPanel
from studio.ui.panels.reference import ReferencePanel
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.colour_wheel import HueRing, hexadecimal
from studio.workspace import colours, viewing
from studio.workspace.notices import Notice
from studio.workspace.tools import Pointer
from tests.ui.windows import Opened

GREEN = (51 / 255, 179 / 255, 77 / 255)
EVERY = pytest.mark.parametrize("space", profiles.NAMES)
OTHERS = pytest.mark.parametrize("space", profiles.NAMES[1:])


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), None)
    yield window
    window.close()


def green(opened: Opened, space: str) -> None:
    opened.studio.new_picture(300, 200, background=(*GREEN, 1.0), colour_space=space)
    opened.studio.painting.set_colour(GREEN)
    opened.pump()


def canvas_at(opened: Opened, x: float, y: float) -> QColor:
    canvas = opened.window.canvas
    place = canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()
    return canvas.grab().toImage().pixelColor((place * canvas.devicePixelRatioF()).toPoint())


def near(colour: QColor, wanted: tuple[int, int, int] = (51, 179, 77), by: int = 2) -> bool:
    found = colour.red(), colour.green(), colour.blue()
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def wide_display(tmp_path: Path) -> str:
    path = tmp_path / "screen.icc"
    path.write_bytes(profiles.space("Display P3").icc)
    return str(path)


@EVERY
def test_canvas_navigator_layer_and_info_agree(opened: Opened, space: str) -> None:
    green(opened, space)
    assert near(canvas_at(opened, 150, 100))
    navigator = opened.window.docks.show_panel("navigator")
    layers = opened.window.docks.show_panel("layers")
    info = opened.window.docks.show_panel("info")
    opened.pump()
    assert isinstance(navigator, NavigatorPanel) and isinstance(layers, LayersPanel)
    assert isinstance(info, InfoPanel)
    navigator._ask()
    opened.pump()
    assert near(navigator.overview.image.pixelColor(40, 40))
    layer = opened.studio.layers.active
    assert layer is not None
    layers._want_image(layer)
    opened.pump()
    layers._want_image(layer)
    assert near(layers.view.images[layer.id].pixelColor(20, 20))
    opened.studio.viewing.point_at((150.0, 100.0))
    info.refresh()
    opened.pump()
    assert "#33B34D" in info.colour.text()


def test_the_small_picture_of_a_shape_follows_its_colour_and_the_colour_space(opened: Opened) -> None:
    green(opened, "sRGB")
    studio = opened.studio
    assert studio.current is not None
    studio.painting.choose_tool("rectangle")
    studio.painting.change_options("rectangle", paint="fill")
    gesture = studio.painting.begin(studio.current, Pointer(0, 0))
    assert gesture is not None
    gesture.send(Pointer(300, 200, t=0.1))
    gesture.finish()
    layers = opened.window.docks.show_panel("layers")
    assert isinstance(layers, LayersPanel)

    def seen() -> QColor:
        layer = studio.layers.active
        assert layer is not None
        for _ in range(2):
            layers._want_image(layer)
            opened.pump()
        return layers.view.images[layer.id].pixelColor(20, 20)

    assert near(seen())
    studio.painting.set_colour((200 / 255, 90 / 255, 120 / 255))
    assert near(seen(), (200, 90, 120))
    studio.painting.close_session()
    studio.colour_spaces.assign("Linear sRGB")
    opened.pump()
    assert near(seen(), (229, 160, 182))


@OTHERS
def test_assigning_a_colour_space_is_seen_at_once_and_undone(opened: Opened, space: str) -> None:
    green(opened, "sRGB")
    before = canvas_at(opened, 150, 100)
    opened.studio.colour_spaces.assign(space)
    opened.pump()
    assert not near(canvas_at(opened, 150, 100), by=4)
    opened.studio.undo()
    opened.pump()
    assert canvas_at(opened, 150, 100) == before
    opened.studio.colour_spaces.convert(space)
    opened.pump()
    assert near(canvas_at(opened, 150, 100))


@OTHERS
def test_a_screen_with_a_profile_gets_the_picture_in_its_own_colours(
    opened: Opened, space: str, tmp_path: Path
) -> None:
    """Also after a stroke, in a second picture, and back to a screen of sRGB."""
    green(opened, space)
    path = wide_display(tmp_path)
    opened.studio.viewing.change(display_profile=path)
    opened.pump()
    wanted = colours.entering(GREEN, profiles.space("Display P3"))
    bytes_ = tuple(round(part * 255) for part in wanted)
    red, blue = bytes_[0], bytes_[2]
    assert near(canvas_at(opened, 150, 100), (red, bytes_[1], blue), by=4)
    opened.studio.painting.choose_tool("brush")
    opened.studio.painting.change_brush(size=60.0, hardness=1.0, opacity=1.0, flow=1.0)
    assert opened.studio.current is not None
    gesture = opened.studio.painting.begin(opened.studio.current, Pointer(60, 60))
    assert gesture is not None
    gesture.send(Pointer(100, 60, t=0.1))
    gesture.finish()
    opened.pump()
    assert near(canvas_at(opened, 80, 60), (red, bytes_[1], blue), by=4)
    green(opened, space)
    assert near(canvas_at(opened, 150, 100), (red, bytes_[1], blue), by=4)
    opened.studio.viewing.change(display_profile="")
    opened.pump()
    assert near(canvas_at(opened, 150, 100))


def middle_of(widget: QWidget) -> QColor:
    image = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


@pytest.mark.parametrize("space", ["sRGB", "Adobe RGB (1998)"])
def test_what_stands_around_the_canvas_is_in_the_screens_colours_too(
    opened: Opened, space: str, tmp_path: Path
) -> None:
    """Swatches, wheel, palettes, used colours, navigator, layers and references beside the picture; then an sRGB screen again."""
    green(opened, space)
    studio, docks = opened.studio, opened.window.docks
    file = tmp_path / "green.png"
    Image.new("RGB", (64, 64), (51, 179, 77)).save(file)
    studio.board.add_files([str(file)])
    opened.pump()
    colour, palettes = docks.show_panel("colour"), docks.show_panel("palettes")
    assert isinstance(colour, ColourPanel) and isinstance(palettes, PalettesPanel)
    opened.pump()
    studio.palettes.add(Palette("Green", (Swatch(GREEN),)))
    dot = ColourDot(GREEN, opened.window)

    def around() -> dict[str, QColor]:
        """Where green is to be seen; each panel is shown in turn, for some lie behind one another."""
        seen = {}
        for name, panel in (("colour", colour), ("palettes", palettes)):
            docks.show_panel(name)
            opened.pump()
            assert panel.isVisible()
        seen["swatch"] = middle_of(colour.wheel.foreground)
        grid = palettes.grid
        seen["palette"] = grid.viewport().grab().toImage().pixelColor(grid.rect_of(0).center())
        seen["used"] = middle_of(dot)
        ring = HueRing(opened.window)
        ring.resize(200, 200)
        ring.set_colour(GREEN)
        square = ring._square()
        place = QPointF(
            square.left() + ring._saturation * square.width(), square.bottom() - ring._value * square.height()
        )
        seen["wheel"] = ring.grab().toImage().pixelColor(place.toPoint())
        ring.deleteLater()
        navigator, layers = docks.show_panel("navigator"), docks.show_panel("layers")
        assert isinstance(navigator, NavigatorPanel) and isinstance(layers, LayersPanel)
        navigator._ask()
        opened.pump()
        seen["navigator"] = QColor(screen_image(navigator.overview.image).pixelColor(40, 40))
        row = layers.view.visualRect(layers.rows.index(0))
        opened.pump()
        thumb = thumb_rect(layers.rows.rows[0], row).center()
        seen["layer"] = layers.view.viewport().grab().toImage().pixelColor(thumb)
        reference = docks.show_panel("reference")
        assert isinstance(reference, ReferencePanel)
        opened.pump()
        reference.plane.resize(240, 240)
        reference.plane.fit()
        reference.plane.grab()
        opened.pump()
        (board,) = studio.board.pictures
        place = reference.plane.rect_of(board).center().toPoint()
        seen["reference"] = reference.plane.grab().toImage().pixelColor(place)
        assert hexadecimal(reference.plane.colour_at(QPointF(place)) or (0, 0, 0)) == "#33B34D"
        return seen

    before = around()
    assert all(near(one, by=4) for one in before.values())
    studio.viewing.change(display_profile=wide_display(tmp_path))
    opened.pump()
    wanted = colours.entering(GREEN, profiles.space("Display P3"))
    red, high, blue = (round(part * 255) for part in wanted)
    assert not near(canvas_at(opened, 150, 100), by=8), "the profile makes a difference that is seen"
    for name, found in around().items():
        assert near(found, (red, high, blue), by=4), (name, found.name())
    assert colour.wheel.colour() == pytest.approx(GREEN) and colour.wheel.field.text() == "#33B34D"
    studio.viewing.change(display_profile="")
    opened.pump()
    assert all(near(one, by=4) for one in around().values())


def test_a_profile_of_the_screen_that_is_none_is_told_once(opened: Opened, tmp_path: Path) -> None:
    said: list[Notice] = []
    opened.studio.notice.connect(said.append)
    green(opened, "Display P3")
    path = tmp_path / "screen.icc"
    path.write_bytes(b"no profile")
    opened.studio.viewing.change(display_profile=str(path))
    opened.pump()
    assert [one.text for one in said] == [viewing.PROFILE_UNUSABLE]


@OTHERS
def test_the_dialogs_show_the_swatch_and_give_it_back(opened: Opened, space: str) -> None:
    green(opened, space)
    studio = opened.studio
    assert studio.current is not None
    studio.fill_layers.add("fill-colour")
    layer = studio.layers.active
    assert isinstance(layer, Fill)
    fill = FillLayerDialog(studio, layer, opened.window)
    row = fill.form.rows["colour"]
    assert row.field.text() == "#33B34D"  # type: ignore[attr-defined]
    row.changed.emit((200 / 255, 90 / 255, 120 / 255))  # type: ignore[attr-defined]
    fill.accept()
    opened.pump()
    assert near(canvas_at(opened, 150, 100), (200, 90, 120))
    studio.effects.add("colour-overlay")
    stored = studio.layers.active
    assert stored is not None
    dialog = EffectsDialog(studio, (stored.id,), opened.window)
    number = next(i for i, one in enumerate(dialog.rows) if one.text() == "Colour overlay")
    dialog.choose(number)
    assert dialog.form is not None
    assert dialog.form.values().colour == pytest.approx((0.5, 0.5, 0.5), abs=1e-6)
    dialog.form.rows["colour"].changed.emit(GREEN)  # type: ignore[attr-defined]
    dialog.accept()
    opened.pump()
    assert near(canvas_at(opened, 150, 100))


@EVERY
def test_the_systems_clipboard_holds_srgb_and_our_own_comes_back_whole(opened: Opened, space: str) -> None:
    green(opened, space)
    picture = opened.studio.current
    assert picture is not None
    opened.window.actions_.run("copy")
    opened.pump()
    image = QGuiApplication.clipboard().image()
    assert near(image.pixelColor(20, 20), by=1)
    assert image.colorSpace() == QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    opened.window.actions_.run("paste-new")
    opened.pump()
    new = opened.studio.current
    assert new is not None and new is not picture
    assert new.document.artwork.colour_space == picture.document.artwork.colour_space
    assert np.array_equal(
        new.renderer.flatten(new.document.artwork), picture.renderer.flatten(picture.document.artwork)
    )


@EVERY
def test_a_picture_from_another_program_is_pasted_with_its_colours(opened: Opened, space: str) -> None:
    green(opened, space)
    image = QImage(40, 40, QImage.Format.Format_RGBA8888)
    image.fill(QColor(200, 90, 120))
    wide = QImage(image)
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    for each, wanted in ((image, (200, 90, 120)), (wide, (214, 83, 120))):
        QGuiApplication.clipboard().setImage(each)
        opened.window.actions_.run("paste")
        opened.pump()
        assert near(canvas_at(opened, 150, 100), wanted)


@OTHERS
def test_a_reference_with_a_profile_is_shown_and_picked_in_srgb(
    opened: Opened, space: str, tmp_path: Path
) -> None:
    own = profiles.space(space)
    pixel = tuple(round(part * 255) for part in colours.entering(GREEN, own))
    data = io.BytesIO()
    Image.new("RGB", (200, 100), pixel).save(data, "PNG", icc_profile=own.icc)
    (tmp_path / "one.png").write_bytes(data.getvalue())
    opened.studio.new_picture(64, 48)
    panel = opened.window.docks.show_panel("reference")
    assert isinstance(panel, ReferencePanel)
    opened.studio.board.add_files([str(tmp_path / "one.png")])
    opened.pump()
    panel.refresh()
    opened.pump()
    middle = panel.plane.rect_of(opened.studio.board.pictures[0]).center()
    picked = panel.plane.colour_at(middle)
    rounding = 0.02 if space == "Linear sRGB" else 0.012  # the file has 8 bits
    assert picked == pytest.approx(GREEN, abs=rounding)


def test_a_mask_alone_is_shown_with_its_own_values(opened: Opened) -> None:
    green(opened, "Linear sRGB")
    studio = opened.studio
    assert studio.current is not None
    studio.painting.set_colour((0.5, 0.5, 0.5))
    studio.masking.add()
    layer = studio.layers.active
    assert layer is not None and layer.mask is not None
    document = studio.current.document
    half = layer.mask.write(document.committed.rect, np.full((200, 300), 0.5, np.float16))
    document.commit("Mask", edits.change(document.committed, layer.id, mask=half))
    studio.masking.show_alone(layer.id)
    opened.pump()
    assert near(canvas_at(opened, 150, 100), (128, 128, 128), by=1)
    studio.masking.show_alone(None)
