"""Brushes that take along what they go over, laid in the time there is: nothing waits for a large dab, and nothing differs."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from studio.raster import mixing, wet
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.plane import Plane, Wrap
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.symmetry import Symmetry, images

SIDE = 700
WHOLE = Rect(0, 0, SIDE, SIDE)
BRUSHES = {
    "smudge": Brush(mode="smudge", size=400.0, smudge=0.8, wetness=0.4),
    "blur": Brush(mode="blur", size=400.0, blur=0.7),
    "wet paint": Brush(size=400.0, hardness=0.4, smudge=0.6, wetness=0.5, texture="canvas"),
}


def noise() -> Surface:
    pixels = np.random.default_rng(3).random((SIDE, SIDE, 4)).astype(np.float16)
    pixels[..., 3] = 1
    return Surface.from_pixels(pixels)


def drawn(stroke: Stroke, seconds: float | None = None) -> np.ndarray:
    for index in range(12):
        stroke.add(150 + 30 * index, 300 + 5 * index, 0.7, index / 100)
        if seconds is not None:
            stroke.lay(seconds)
    stroke.finish()
    return stroke.result.read(WHOLE)


@pytest.mark.parametrize("name", BRUSHES)
@pytest.mark.parametrize("how", ["plain", "mirrored", "tiling", "selected"])
def test_a_deferred_stroke_is_the_same_stroke(name: str, how: str) -> None:
    fields: dict[str, object] = {}
    if how == "mirrored":
        fields["images"] = images(Symmetry(mirror=True, x=SIDE / 2, y=SIDE / 2))
    elif how == "tiling":
        fields["wrap"] = Wrap(WHOLE)
    elif how == "selected":
        fields["selection"] = Mask().write(Rect(100, 100, 500, 450), np.full((350, 400), 0.6, np.float16))
    at_once = Stroke(BRUSHES[name], (0.9, 0.1, 0.2), noise(), **fields)  # type: ignore[arg-type]
    later = Stroke(BRUSHES[name], (0.9, 0.1, 0.2), noise(), **fields)  # type: ignore[arg-type]
    later.deferred = True
    wanted = drawn(at_once)
    np.testing.assert_array_equal(drawn(later, 0.0), wanted)
    assert not np.array_equal(wanted, noise().read(WHOLE))


@pytest.mark.parametrize("name", BRUSHES)
def test_no_sample_computes_more_than_it_has_time_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts: list[int] = []

    def counted(known):
        def call(pixels: np.ndarray, *rest: object, **more: object) -> None:
            parts.append(pixels.shape[0] * pixels.shape[1])
            known(pixels, *rest, **more)

        return call

    monkeypatch.setattr(wet, "towards", counted(wet.towards))
    for one in ("take_up", "lay_paint"):
        monkeypatch.setattr(mixing, one, counted(getattr(mixing, one)))
    stroke = Stroke(BRUSHES[name], (0.9, 0.1, 0.2), noise())
    stroke.deferred = True
    for index in range(12):
        parts.clear()
        stroke.add(150 + 30 * index, 300, 0.7, index / 100)
        assert not parts, "a sample alone computes nothing"
        stroke.lay(0.0)
        assert len(parts) <= 2 and all(part <= 1 << 18 for part in parts)
    assert stroke.behind
    stroke.finish()
    assert not stroke.behind


@pytest.mark.parametrize("name", ["smudge", "blur"])
def test_masks_too(name: str) -> None:
    base = Mask.from_pixels(np.random.default_rng(1).random((SIDE, SIDE)).astype(np.float16))
    brush = msgspec.structs.replace(BRUSHES[name], jitter_size=0.3)  # what is carried is stretched
    at_once, later = (Stroke.on_mask(brush, 1.0, base) for _ in range(2))
    later.deferred = True
    wanted = drawn(at_once)
    np.testing.assert_array_equal(drawn(later, 0.0), wanted)
    assert not np.array_equal(wanted, base.read(WHOLE))


def test_pieces_give_what_a_whole_dab_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {name: drawn(Stroke(brush, (0.9, 0.1, 0.2), noise())) for name, brush in BRUSHES.items()}
    monkeypatch.setattr("studio.raster.plane._PIECE", 1 << 30)
    for name, brush in BRUSHES.items():
        whole = drawn(Stroke(brush, (0.9, 0.1, 0.2), noise()))
        if name == "wet paint":  # sums in another order
            np.testing.assert_allclose(whole.astype(np.float32), wanted[name].astype(np.float32), atol=2e-3)
        else:
            np.testing.assert_array_equal(whole, wanted[name])


@pytest.mark.parametrize("name", BRUSHES)
def test_nothing_is_left_of_dabs_for_which_the_memory_failed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stroke = Stroke(BRUSHES[name], (0.9, 0.1, 0.2), noise())
    stroke.deferred = True
    for index in range(12):
        stroke.add(150 + 30 * index, 300, 0.7, index / 100)
    with monkeypatch.context() as patch:

        def failing(*_: object) -> None:
            raise MemoryError

        patch.setattr(Plane, "view", failing)
        with pytest.raises(MemoryError):
            stroke.lay()
    stroke.end()
    assert stroke.left > 0
    while stroke.behind:
        stroke.compute(0.0)
    stroke.lay()
    assert stroke.left == 0, "the stroke is over"


def test_a_finger_holds_no_foreign_memory_after_the_memory_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    known, calls = wet.smear, []

    def failing(*arguments: object, **more: object) -> None:
        calls.append(arguments)
        arguments[4][...] = np.nan  # type: ignore[index]
        if len(calls) == 2:
            raise MemoryError
        known(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(wet, "smear", failing)
    monkeypatch.setattr("studio.raster.plane._PIECE", 1 << 14)
    stroke = Stroke(msgspec.structs.replace(BRUSHES["smudge"], jitter_size=0.3), (0.9, 0.1, 0.2), noise())
    stroke.deferred = True
    for index in range(12):
        stroke.add(150 + 30 * index, 300, 0.7, index / 100)
    with pytest.raises(MemoryError):
        stroke.lay()
    monkeypatch.setattr(wet, "smear", known)
    stroke.finish()
    assert np.isfinite(stroke.result.read(WHOLE)).all()
