"""The dialogs of a model with an encoder: a layer taken apart, and the map of a folder under a brush."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document.layer import Generated
from studio.ui.dialogs.encode import EncodeDialog
from studio.ui.dialogs.folder_map import FolderMapDialog
from tests.ui.benches import LEFT, NONE, Bench, steps
from tests.workspace.test_encoding import Coder, as_vae, code


@pytest.fixture
def engine() -> Coder:
    return Coder()


@pytest.fixture
def bench(bench: Bench, engine: Coder) -> Bench:
    bench.studio.engine = engine
    bench.studio.new_picture(128, 128)
    as_vae(bench.studio)
    bench.settle()
    return bench


def answer(bench: Bench, engine: Coder) -> None:
    for _ in range(6):
        bench.settle()
        engine.answer()
    bench.settle()


def layers(bench: Bench) -> list[Generated]:
    assert bench.studio.current is not None
    return [one for one in bench.studio.current.document.artwork.layers if isinstance(one, Generated)]


def test_a_layer_beside_its_reconstruction_and_its_outliers(bench: Bench, engine: Coder) -> None:
    dialog = EncodeDialog(bench.studio)
    dialog.show()
    assert not dialog.use.isEnabled() and not dialog.threshold.isVisible()
    answer(bench, engine)
    assert dialog.use.isEnabled() and "of 255" in dialog.told.text() and len(dialog.view._images) == 3
    dialog.only.click()
    answer(bench, engine)
    assert dialog.select.isEnabled() and len(dialog.view._images) == 4
    corner, middle = (dialog.view._images[3].pixelColor(*at).red() for at in ((1, 1), (12, 12)))
    assert corner > 200 > middle
    dialog.threshold.take(12.0)
    before = steps(bench)
    dialog.select.click()
    bench.settle()
    assert steps(bench) == [*before, "Select outliers"]
    dialog = EncodeDialog(bench.studio)
    dialog.show()
    answer(bench, engine)
    dialog.grab()
    dialog.use.click()
    answer(bench, engine)
    (layer,) = layers(bench)
    assert layer.variant is not None and layer.variant.parts[0].latent == code(3)


def test_what_cannot_be_encoded_is_said_in_the_dialog(bench: Bench, engine: Coder) -> None:
    dialog = EncodeDialog(bench.studio)
    dialog.show()
    bench.settle()
    engine.fail("bad_request", message="too small")
    assert dialog.told.text() == "too small" and not dialog.use.isEnabled() and not dialog.only.isEnabled()
    dialog.reject()


@pytest.fixture
def mapped(bench: Bench, engine: Coder) -> Iterator[FolderMapDialog]:
    dialog = FolderMapDialog(bench.studio)
    dialog.show()
    assert not dialog.view.isEnabled()
    dialog.ask_folder().reject()
    bench.studio.generating.encoding.folder.make("/照片/山")
    bench.settle()
    assert dialog.stop.isVisible()
    answer(bench, engine)
    yield dialog
    dialog.reject()


def test_a_drag_over_the_map_is_one_step(bench: Bench, engine: Coder, mapped: FolderMapDialog) -> None:
    view = mapped.view
    assert "Pictures: 4" in mapped.told.text() and "too small: 1" in mapped.told.text() and view.isEnabled()
    before = steps(bench)
    start, end = (view.place(QPointF(*at)).toPoint() for at in ((-0.9, -0.9), (0.0, -0.9)))
    QTest.mousePress(view, LEFT, NONE, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, NONE, end)
    answer(bench, engine)
    assert steps(bench) == [*before, "Sample the map"] and not mapped.preview.image.isNull()
    mapped.grab()
    QTest.mousePress(view, LEFT, NONE, start)
    QTest.mouseMove(view, end)
    engine.answer()
    QTest.mouseRelease(view, LEFT, NONE, end)
    answer(bench, engine)
    assert len(layers(bench)) == 1, "the second drag goes on in the layer of the first"


def test_a_double_click_takes_a_picture_and_picked_ones_are_mixed(
    bench: Bench, engine: Coder, mapped: FolderMapDialog
) -> None:
    view = mapped.view
    places = [view.place(QPointF(*at)).toPoint() for at in ((-1, -1), (1, -1))]
    QTest.mouseClick(view, LEFT, NONE, places[1])
    QTest.mouseDClick(view, LEFT, NONE, places[1])
    answer(bench, engine)
    (layer,) = layers(bench)
    files = bench.studio.generating.encoding.folder.mapped.files  # type: ignore[union-attr]
    assert layer.variant is not None and layer.variant.parts[0].latent == files[1].latent
    for place in places:
        QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.ControlModifier, place)
    assert view.picked == (0, 1) and mapped.pin.isEnabled()
    mapped.pin.click()
    answer(bench, engine)
    assert len(layers(bench)[-1].variants) == 2 and len(bench.studio.exploring.mixing.corners) == 2


def test_keys_move_the_brush_and_the_wheel_zooms(
    bench: Bench, engine: Coder, mapped: FolderMapDialog
) -> None:
    view = mapped.view
    QTest.keyClick(view, Qt.Key.Key_Right)
    answer(bench, engine)
    assert view.brush.x() == pytest.approx(0.05) and len(layers(bench)) == 1
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 1.25
    place = QPointF(100.0, 90.0)
    before = view.at(place)
    view.zoom_to(4.0, place)
    assert (view.at(place) - before).manhattanLength() < 1e-6
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0 and view.centre == QPointF(0, 0)
    QApplication.processEvents()
