"""Guides and moves that snap, and large pictures that are opened strip by strip."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.document import edits, placing
from studio.document.aids import Guide
from studio.document.layer import Group, Paint
from studio.project import strips
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace import guides
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Outline
from tests.workspace.conftest import Bench


def square(left: int, top: int, side: int) -> Surface:
    return Surface.from_pixels(np.ones((side, side, 4), np.float16), left, top)


@given(st.integers(-700, 700), st.integers(-700, 700), st.integers(1, 600), st.integers(-50, 50))
def test_bounds_are_those_of_the_pixels(left: int, top: int, side: int, move: int):
    layer = Paint(surface=square(left, top, side), transform=(1, 0, 0, 1, float(move), 0.0))
    artwork = edits.add_layer(edits.new_artwork(800, 800), layer)
    wanted = (left + move, top, left + move + side, top + side)
    assert placing.frame_of_one(artwork, layer) == wanted


def moved(
    bench: Bench, to: tuple[float, float], modifiers: frozenset[str] = frozenset()
) -> tuple[float, float]:
    picture = bench.picture
    running = bench.studio.painting.begin(picture, Pointer(50, 50, modifiers=modifiers), "move")
    assert running is not None
    running.send(Pointer(50 + to[0], 50 + to[1], modifiers=modifiers))
    running.finish()
    layer = picture.document.artwork.active_layer
    assert layer is not None
    transform = layer.transform
    picture.document.undo()
    return transform[4], transform[5]


@pytest.fixture
def placed(bench: Bench) -> Bench:
    """A square of 40 pixels at (30, 30), a guide at x = 100."""
    bench.studio.new_picture(600, 400)
    bench.settle()
    artwork = bench.picture.document.committed
    artwork = edits.add_layer(artwork, Paint(name="square", surface=square(30, 30, 40)))
    bench.picture.document.commit("square", artwork)
    guides.change(bench.studio, guides.GUIDES, guides=(Guide("x", 100.0),))
    return bench


def test_a_moved_layer_snaps_to_a_guide_by_its_edge(placed: Bench):
    assert moved(placed, (33, 0)) == (30, 0)  # 30 + 40 + 33 = 103: the right edge meets the guide
    assert moved(placed, (66, 0)) == (70, 0)
    assert moved(placed, (54, 0)) == (50, 0)  # its middle
    placed.studio.viewing.change(snapping=False)
    assert moved(placed, (33, 0)) == (33, 0)


def test_layers_that_are_scaled_turned_or_in_groups_are_snapped_to(placed: Bench):
    scaled = Paint(name="scaled", surface=square(0, 0, 20), transform=(2, 0, 0, 2, 200.0, 0.0))
    turned = Paint(name="turned", surface=square(0, 0, 30), transform=(0, 1, -1, 0, 300.0, 300.0))
    group = Group(name="group", children=(turned,), transform=(1, 0, 0, 1, 100.0, 0.0))
    document = placed.picture.document
    square_layer = document.artwork.active
    document.commit("More", document.artwork.with_(layers=(*document.artwork.layers, scaled, group)))
    placed.studio.viewing.change(snap_layers=True)
    found = guides.targets_of(placed.studio, placed.picture, (square_layer or "",))
    assert found is not None and {200.0, 220.0, 240.0, 370.0, 400.0} <= set(found.xs)
    found = guides.targets_of(placed.studio, placed.picture, (group.id,))
    assert found is not None and 370.0 not in found.xs, "what lies in a group that is moved goes with it"
    document.commit("Choose", document.artwork.with_(active=group.id, selected=(group.id,)))
    guides.change(placed.studio, guides.GUIDES, guides=(Guide("x", 450.0),))
    assert moved(placed, (47, 0)) == (150, 0), "a group is moved by the edges of what it shows"


def test_the_line_that_is_met_is_shown_while_the_hand_is_down(placed: Bench):
    painting = placed.studio.painting
    running = painting.begin(placed.picture, Pointer(50, 50), "move")
    assert running is not None
    running.send(Pointer(83, 50))
    assert [mark.points for mark in painting.marks if isinstance(mark, Outline)] == [((100, 0), (100, 400))]
    running.send(Pointer(67, 61))
    assert painting.marks == ()
    running.send(Pointer(83, 50))
    running.finish()
    assert painting.marks == ()


def test_shift_goes_before_snapping(placed: Bench):
    assert moved(placed, (33, 4), frozenset(("shift",))) == (33, 0)


def test_a_guide_change_is_one_step_and_changes_no_pixel(placed: Bench):
    document = placed.picture.document
    layers, steps = document.committed.layers, len(document.history)
    guides.add_layout(placed.studio, 3, 2, 0, 0)
    assert len(document.history) == steps + 1 and document.committed.layers is layers
    assert len(document.committed.aids.guides) == 3
    document.undo()
    assert document.committed.aids.guides == (Guide("x", 100.0),)


def test_a_large_picture_opens_through_its_journal(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)
    pixels = np.random.default_rng(1).integers(0, 256, (300, 520, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    file = tmp_path / "大图.png"
    file.write_bytes(out.getvalue())
    fractions: list[int] = []
    bench.studio.jobs.changed.connect(lambda: fractions.extend(line.done for line in bench.studio.jobs.lines))
    bench.studio.open(str(file))
    bench.settle()
    picture = bench.studio.current
    assert max(fractions) > 0 and not bench.studio.jobs.lines
    assert (
        picture is not None and picture.title == "大图" and picture.origin == str(file) and not picture.path
    )
    assert not picture.modified and len(picture.document.history) == 1
    layer = picture.document.artwork.layers[0]
    assert isinstance(layer, Paint) and not any(tile.resident for tile in layer.surface.tiles.values())
    shown = picture.renderer.compose(picture.document.artwork, Rect(0, 0, 520, 300), 0)
    assert np.array_equal(np.round(shown[..., :3] * 255).astype(np.uint8), pixels)
    bench.studio.layers.add_paint()
    saved = tmp_path / "saved.danqing"
    bench.studio.filing.save(picture, str(saved))
    bench.settle()
    assert saved.stat().st_size > 0 and not picture.modified
    assert not bench.studio.filing.too_large
    bench.studio.close(picture)
    bench.settle()


def test_the_opening_of_a_large_picture_can_be_stopped(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)
    out = io.BytesIO()
    Image.fromarray(np.zeros((3000, 300, 3), np.uint8)).save(out, "PNG")
    file = tmp_path / "stopped.png"
    file.write_bytes(out.getvalue())
    from studio import paths

    bench.studio.open(str(file))
    bench.studio.files_lane.drain(2)
    bench.studio.jobs.stop_all()
    bench.settle()
    assert bench.studio.current is None and not bench.studio.jobs.lines
    assert not list(paths.journals().glob("*.danqing"))


def test_a_large_broken_picture_leaves_no_journal(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)
    out = io.BytesIO()
    Image.fromarray(np.zeros((300, 520, 3), np.uint8)).save(out, "JPEG")
    file = tmp_path / "half.jpg"
    file.write_bytes(out.getvalue()[:-400])
    from studio import paths

    before = set(paths.journals().glob("*.danqing"))
    pictures = len(bench.studio.pictures)
    bench.studio.open(str(file))
    bench.settle()
    assert len(bench.studio.pictures) == pictures
    assert set(paths.journals().glob("*.danqing")) == before
