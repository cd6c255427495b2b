"""The whole story, on the real window: photograph, paint, filter, generate, sliders, undo, save, reopen, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio import app
from studio.document.layer import Filter, Generated, Paint, pixels_of
from studio.project import decode
from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.panels.explore import ExplorePanel
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.generating import GenerateValues
from studio.workspace.notices import Notice

WIDTH, HEIGHT = 1200, 800


@pytest.fixture
def open_studio(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Callable[..., app.Running]]:
    """Starts studios as ``danqing`` does, engine included, and ends them."""
    started: list[app.Running] = []

    def start(spoken: str = "en") -> app.Running:
        settings = Settings(language=spoken, theme="dark")  # type: ignore[arg-type]
        theme.wear(qapp, "dark", language.speak(qapp, spoken))
        running = app.Running(qapp, settings)
        started.append(running)
        running.window.show()
        qtbot.waitExposed(running.window)
        running.studio.refresh_models()
        qtbot.waitUntil(lambda: running.studio.generating.model is not None, timeout=10_000)
        return running

    yield start
    for running in started:
        end(running)


def end(running: app.Running) -> None:
    if not running.closed:
        running.close()
        running.window.close()
        running.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def quiet(qtbot: QtBot, running: app.Running) -> None:
    """Waits until nothing runs or waits any more."""
    studio = running.studio
    qtbot.waitUntil(
        lambda: (
            not (
                studio.jobs.lines
                or studio.files_lane.jobs
                or studio.render_lane.jobs
                or running.engine.running
            )
        ),
        timeout=60_000,
    )
    QApplication.processEvents()


def photograph(path: Path, bits: int = 8) -> None:
    """A picture with tones and a gradient, as a camera gives it."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    channels = (
        0.5 + 0.4 * np.sin(x / 90),
        0.5 + 0.4 * np.cos(y / 70),
        0.3 + 0.5 * (x + y) / (WIDTH + HEIGHT),
    )
    pixels = np.stack(channels, -1)
    if bits == 16:
        import tifffile

        tifffile.imwrite(path, (pixels * 65535).astype(np.uint16), photometric="rgb")
    else:
        Image.fromarray((pixels * 255).astype(np.uint8)).save(path, quality=95)


def drop(running: app.Running, path: Path) -> None:
    """What the file browser does when a picture is let fall on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = QPointF(running.window.rect().center())
    event = QDropEvent(
        place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    running.window.dropEvent(event)


def paint_line(
    running: app.Running, start: tuple[float, float], stop: tuple[float, float], steps: int = 24
) -> None:
    """Draws with the mouse on the canvas; the points are fractions of the picture."""
    canvas, artwork = running.window.canvas, running.studio.current.document.artwork

    def place(part: float) -> QPoint:
        x = (start[0] + (stop[0] - start[0]) * part) * artwork.width
        y = (start[1] + (stop[1] - start[1]) * part) * artwork.height
        return (canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()).toPoint()

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(0))
    for step in range(1, steps + 1):
        QTest.mouseMove(canvas, place(step / steps))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(1))


def flat(running: app.Running) -> np.ndarray:
    picture = running.studio.current
    return picture.renderer.flatten(picture.document.artwork)


def alike(first: np.ndarray, second: np.ndarray) -> bool:
    """The same pixels but for the last bit of a float32: a tile may have been put together from parts, or as a whole."""
    return bool(np.abs(first - second).max() < 1e-6)


def digests(running: app.Running) -> list[tuple]:
    """Everything that makes the picture: layers with their fields and the digests of their tiles."""
    artwork = running.studio.current.document.artwork
    rows = []
    for layer in artwork.walk():
        surface = pixels_of(layer)
        tiles = sorted((key, tile.digest) for key, tile in surface.tiles.items()) if surface else []
        more = (layer.recipe,) if isinstance(layer, Filter | Generated) else ()
        rows.append(
            (
                type(layer).__name__,
                layer.name,
                layer.mode,
                layer.opacity,
                layer.clipping,
                layer.transform,
                tiles,
                more,
            )
        )
    return rows


def test_the_story(open_studio: Callable[..., app.Running], qtbot: QtBot, tmp_path: Path):
    photo = tmp_path / "照片 🏞.jpg"
    photograph(photo)
    running = open_studio()
    studio = running.studio
    told: list[Notice] = []
    studio.notice.connect(told.append)

    # a photograph, by drag and drop
    drop(running, photo)
    qtbot.waitUntil(lambda: studio.current is not None, timeout=10_000)
    document = studio.current.document
    assert (document.artwork.width, document.artwork.height) == (WIDTH, HEIGHT)

    # a paint layer, painted, Multiply at 60 %
    running.window.actions_.run("new-layer")
    before = flat(running)
    paint_line(running, (0.1, 0.2), (0.6, 0.4))
    assert np.abs(flat(running) - before).max() > 0.2
    studio.layers.set_mode("multiply")
    studio.layers.set_opacity(0.6)
    painted = studio.layers.active
    assert isinstance(painted, Paint) and (painted.mode, painted.opacity) == ("multiply", 0.6)

    # live Gaussian noise over it; sigma changed later
    running.window.actions_.run("filter-layer-gaussian-noise")
    noise = studio.filtering.target
    weak = flat(running)
    values = studio.filtering.parameters(noise)
    studio.filtering.change(noise.id, msgspec.structs.replace(values, sigma=0.3))
    studio.filtering.release()
    assert np.abs(flat(running) - weak).mean() > 0.05

    # Generate: four pictures, the first a layer, the others its variants
    running.window.enter("generate")
    steps = len(document.history)
    running.window.actions_.run("generate")
    qtbot.waitUntil(lambda: not studio.generating.running, timeout=60_000)
    assert not [notice for notice in told if notice.kind == "error"], told
    layer = studio.generating.target
    assert isinstance(layer, Generated) and len(layer.variants) == 4
    assert len(document.history) == steps + 1, "a press is one undo step"
    shown = [flat(running)]
    for _ in range(3):
        running.window.actions_.run("next-variant")
        shown.append(flat(running))
    assert all(np.abs(one - other).mean() > 0.01 for one, other in pairwise(shown))

    # a boat painted on it lands on a clipped layer above
    paint_line(running, (0.4, 0.7), (0.55, 0.7))
    boat = studio.layers.active
    assert isinstance(boat, Paint) and boat.clipping
    boat_tiles = {key: tile.digest for key, tile in boat.surface.tiles.items()}

    # its sliders: the landscape changes under the hand, the boat stays
    studio.layers.choose(layer.id)
    assert studio.generating.target is not None
    landscape = flat(running)
    slider = studio.generating.model.card.sliders[0].name
    for value in np.linspace(0.2, 2.0, 10):
        studio.exploring.set_slider(slider, float(value))
        qtbot.wait(15)
    qtbot.waitUntil(lambda: document.preview_owner == "explore", timeout=20_000)
    studio.exploring.release()
    quiet(qtbot, running)
    chosen = studio.generating.target.variant
    assert chosen.sliders == {slider: 2.0}, "the last value is shown"
    assert np.abs(flat(running) - landscape).mean() > 0.01
    boat_now = document.artwork.find(boat.id)
    assert isinstance(boat_now, Paint)
    assert {key: tile.digest for key, tile in boat_now.surface.tiles.items()} == boat_tiles

    # undo 20 steps (painted first), redo: the same picture
    studio.layers.choose(boat.id)
    for index in range(20):
        paint_line(running, (0.1, 0.05 + index * 0.04), (0.3, 0.05 + index * 0.04), steps=6)
    quiet(qtbot, running)
    last, picture = digests(running), flat(running)
    for _ in range(20):
        running.window.actions_.run("undo")
    assert digests(running) != last
    undone = digests(running)
    for _ in range(20):
        running.window.actions_.run("redo")
    assert digests(running) == last
    assert alike(flat(running), picture)

    # save, quit, reopen: same pixels, same layers, sliders live, undo still there
    project = tmp_path / "山水.danqing"
    studio.filing.save(studio.current, str(project))
    quiet(qtbot, running)
    assert project.exists() and not studio.current.modified
    end(running)
    running = open_studio("zh_CN")
    studio = running.studio
    studio.open(str(project))
    qtbot.waitUntil(lambda: studio.current is not None, timeout=10_000)
    assert digests(running) == last
    assert alike(flat(running), picture)
    for _ in range(20):
        running.window.actions_.run("undo")
    assert digests(running) == undone
    for _ in range(20):
        running.window.actions_.run("redo")
    assert digests(running) == last
    studio.layers.choose(layer.id)
    landscape = flat(running)
    studio.exploring.set_slider(slider, -2.0)
    studio.exploring.release()
    quiet(qtbot, running)
    assert studio.generating.target.variant.sliders == {slider: -2.0}
    assert np.abs(flat(running) - landscape).mean() > 0.01

    # export
    final = np.clip(flat(running)[..., :3], 0, 1)
    for suffix, error in ((".png", 0.003), (".tif", 0.003), (".jpg", 0.08), (".webp", 0.08)):
        target = tmp_path / f"出口{suffix}"
        studio.filing.export(studio.current, str(target))
        quiet(qtbot, running)
        read = decode.decode(target.read_bytes(), str(target)).pixels[..., :3] / 255
        assert np.abs(read - final).mean() < error, suffix


def test_a_16_bit_tiff_keeps_its_values(
    open_studio: Callable[..., app.Running], qtbot: QtBot, tmp_path: Path
):
    photo = tmp_path / "深.tif"
    photograph(photo, bits=16)
    running = open_studio()
    running.studio.open(str(photo))
    qtbot.waitUntil(lambda: running.studio.current is not None, timeout=10_000)
    assert running.studio.current.document.artwork.precision == "float32"
    target = tmp_path / "again.tif"
    running.studio.filing.export(running.studio.current, str(target))
    quiet(qtbot, running)
    once, again = (decode.decode(path.read_bytes(), str(path)).pixels for path in (photo, target))
    assert again.dtype == np.uint16 and np.array_equal(once, again)


def canvas_picture(running: app.Running) -> np.ndarray:
    """What the canvas shows, as the eye sees it: uint8 [h, w, 4]."""
    image = running.window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)


def test_a_slider_moves_the_picture_while_a_model_learns(
    open_studio: Callable[..., app.Running], qtbot: QtBot, tmp_path: Path
):
    folder = tmp_path / "我的画"
    folder.mkdir()
    for number in range(12):
        photograph(folder / f"{number}.jpg")
    running = open_studio()
    studio = running.studio
    studio.new_picture(512, 512)
    studio.generating.set_values(seed=7, seed_locked=True)
    studio.generating.generate()
    qtbot.waitUntil(lambda: not studio.generating.running, timeout=60_000)
    studio.training.start("tiny", str(folder), steps=100_000)
    qtbot.waitUntil(lambda: studio.training.state.step > 2, timeout=60_000)

    running.window.enter("generate")
    running.window.docks.show_panel("explore")
    panel = running.window.findChild(ExplorePanel)
    slider = next(one for one in panel.findChildren(ValueSlider) if one.isVisible())
    before, step = canvas_picture(running), studio.training.state.step
    track = slider.track().center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=track.toPoint())
    for x in range(0, 40, 4):
        QTest.mouseMove(slider, track.toPoint() + QPoint(x, 0))
        qtbot.wait(20)
    qtbot.waitUntil(lambda: studio.current.document.preview_owner == "explore", timeout=20_000)
    qtbot.waitUntil(lambda: np.abs(canvas_picture(running).astype(int) - before).mean() > 0.5, timeout=20_000)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=track.toPoint() + QPoint(40, 0))
    qtbot.waitUntil(lambda: studio.current.document.preview_owner is None, timeout=20_000)
    variant = studio.generating.target.variant
    assert variant.sliders or variant.variety != GenerateValues().variety, "the value stays"
    qtbot.waitUntil(lambda: studio.training.state.step > step, timeout=60_000)
    studio.training.stop()
    qtbot.waitUntil(lambda: not running.engine.running, timeout=60_000)
    assert list(Path(studio.training.state.run).glob("checkpoints/*.safetensors")), (
        "stopping keeps what was learnt"
    )
