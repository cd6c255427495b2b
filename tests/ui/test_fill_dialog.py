"""Fill from surroundings is shown on the canvas before it is done, when that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui.dialogs.repair import FillDialog
from tests.ui.windows import Opened, clipped, empty_panel

HOLE = Rect(20, 15, 40, 35)


@pytest.fixture
def opened(qapp, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), empty_panel)
    pixels = np.ones((60, 90, 4), np.float16)
    pixels[..., 0] = np.linspace(0, 1, 90)
    pixels[HOLE.top : HOLE.bottom, HOLE.left : HOLE.right, :3] = (0, 1, 0)
    layer = Paint(name="Photo", surface=Surface.from_pixels(pixels))
    artwork = Artwork(
        width=90, height=60, layers=(layer,), active=layer.id, selection=edits.rectangle_selection(HOLE)
    )
    window.studio.show(artwork, title="Stage")
    window.pump()
    yield window
    window.close()


def settled(opened: Opened, before: Artwork) -> Artwork:
    """What is shown as soon as it is another."""
    document = opened.studio.current.document  # type: ignore[union-attr]
    for _ in range(200):
        opened.pump()
        if document.artwork is not before:
            break
    return document.artwork


def test_what_it_would_be_is_shown_until_it_is_switched_off(opened: Opened) -> None:
    document = opened.studio.current.document  # type: ignore[union-attr]
    committed = document.committed
    assert opened.window.actions_.run("fill-with-options")
    opened.pump()
    dialog = opened.window.findChild(FillDialog)
    assert isinstance(dialog, FillDialog) and not clipped(dialog)
    assert dialog.look.shown.isChecked()
    dialog.method.chosen.emit("telea")
    first = settled(opened, committed)
    assert first is not committed and document.committed is committed
    filled = first.active_layer.surface.read(HOLE)  # type: ignore[union-attr]
    assert filled[..., 2].min() > 0.9, "the green is gone"
    dialog.method.chosen.emit("ns")
    assert settled(opened, first) is not first, "another method is shown instead"
    dialog.look.shown.click()
    assert document.artwork is committed
    dialog.look.shown.click()
    settled(opened, committed)
    dialog.fill()
    done = settled(opened, committed)
    for _ in range(200):
        if document.committed is not committed:
            break
        opened.pump()
    assert document.history[-1].label == "Fill from surroundings" and done is not committed
    opened.studio.undo()
    assert document.artwork is committed


def test_cancelled_it_leaves_the_picture(opened: Opened) -> None:
    document = opened.studio.current.document  # type: ignore[union-attr]
    committed = document.committed
    assert opened.window.actions_.run("fill-with-options")
    opened.pump()
    dialog = opened.window.findChild(FillDialog)
    assert isinstance(dialog, FillDialog)
    dialog.look.shown.click()
    settled(opened, committed)
    dialog.reject()
    opened.pump(5)
    assert document.artwork is committed and document.committed is committed
