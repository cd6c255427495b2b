"""Random brushes over random pictures: no error, nothing outside the selection or in locked alpha changes, replay is exact."""

from __future__ import annotations

import msgspec
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.raster.brush import Brush, BrushBlend, Stabiliser, Texture, TipKind
from studio.raster.dynamics import DrivenParameter, Dynamic, Sensor
from studio.raster.geometry import Rect
from studio.raster.hand import Sample
from studio.raster.mask import Mask
from studio.raster.plane import Wrap
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.symmetry import Symmetry, images
from studio.raster.tip import Tip

share = st.floats(0, 1)
dynamics = st.builds(
    Dynamic,
    parameter=st.sampled_from(DrivenParameter.__args__),
    sensor=st.sampled_from(Sensor.__args__),
    low=st.floats(-1, 2),
    high=st.floats(-1, 2),
    length=st.floats(1, 500),
)
TIPS = (
    Tip.of(np.arange(200, dtype=np.uint8).reshape(10, 20)),
    Tip.of(np.random.default_rng(0).integers(0, 256, (7, 5, 4), dtype=np.uint8)),
)
brushes = st.builds(
    Brush,
    mode=st.sampled_from(["paint", "paint", "erase", "smudge", "blur", "clone"]),
    blend=st.sampled_from(BrushBlend.__args__),
    tip=st.sampled_from(TipKind.__args__),
    tips=st.sampled_from([(), TIPS[:1], TIPS]),
    size=st.floats(1, 90),
    hardness=share,
    roundness=st.floats(0.02, 1),
    angle=st.floats(-360, 360),
    aliased=st.booleans(),
    opacity=share,
    flow=st.floats(0.005, 1),
    spacing=st.floats(0.05, 3),
    airbrush=st.sampled_from([0.0, 0.0, 60.0]),
    count=st.integers(1, 3),
    scatter=st.floats(0, 2),
    jitter_size=share,
    jitter_angle=share,
    jitter_hue=st.sampled_from([0.0, 0.4]),
    texture=st.sampled_from(Texture.__args__),
    texture_strength=share,
    texture_scale=st.floats(0.1, 4),
    grain=share,
    wet_edges=share,
    smudge=st.sampled_from([0.0, 0.0, 0.6, 1.0]),
    wetness=share,
    blur=share,
    stabiliser=st.sampled_from(Stabiliser.__args__),
    smoothing=st.floats(0, 100),
    speed_pressure=share,
    dynamics=st.lists(dynamics, max_size=3).map(tuple),
)
samples = st.lists(
    st.builds(
        Sample,
        x=st.floats(-60, 340),
        y=st.floats(-60, 340),
        pressure=st.none() | share,
        t=st.floats(0, 1),
        tilt_x=st.floats(-60, 60),
        tilt_y=st.floats(-60, 60),
        rotation=st.floats(-180, 360),
    ),
    min_size=1,
    max_size=7,
)
NOISE = np.random.default_rng(7).random((300, 300, 4)).astype(np.float32)
NOISE[..., :3] *= NOISE[..., 3:]
NOISE[:50, :50] = 0
BASE = Surface.from_pixels(NOISE.astype(np.float16))
SQUARE = Rect(-80, -80, 400, 400)
CHOSEN = np.zeros((300, 300), np.float16)
CHOSEN[60:200, 40:180] = 1
CHOSEN[200:220, 40:180] = 0.5
SELECTION = Mask.from_pixels(CHOSEN)
OUTSIDE = SELECTION.read(SQUARE) == 0


def painted(brush: Brush, places: list[Sample], **options: object) -> Surface:
    stroke = Stroke(brush, (0.3, 0.7, 0.1), BASE, offset=(-30, 12), **options)  # type: ignore[arg-type]
    for place in places:
        stroke.add(*place)
        if len(places) % 2:
            stroke.surface()
    stroke.finish()
    return stroke.surface()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(brushes, samples, st.booleans(), st.sampled_from([1, 3]), st.booleans())
def test_any_brush_keeps_to_selection_and_locked_alpha_bit_for_bit(
    brush: Brush, places: list[Sample], locked: bool, folds: int, wraps: bool
) -> None:
    options: dict[str, object] = {"selection": SELECTION, "alpha_lock": locked}
    options["images"] = images(Symmetry(folds=folds, mirror=folds > 1, x=150, y=150))
    options["wrap"] = Wrap(Rect(0, 0, 300, 300)) if wraps else None
    result = painted(brush, places, **options)
    after, before = result.read(SQUARE), BASE.read(SQUARE)
    assert np.isfinite(after).all()
    np.testing.assert_array_equal(after[OUTSIDE], before[OUTSIDE])
    if locked:
        np.testing.assert_array_equal(after[..., 3], before[..., 3])
    again = painted(brush, places, **options)
    for key in result.tiles.keys() | again.tiles.keys():
        np.testing.assert_array_equal(result.tiles[key].pixels(), again.tiles[key].pixels())


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(brushes, samples)
def test_any_brush_survives_its_file(brush: Brush, places: list[Sample]) -> None:
    again = msgspec.json.decode(msgspec.json.encode(brush), type=Brush)
    assert again == brush
    mask = Stroke.on_mask(again, 0.5, SELECTION)
    for place in places:
        mask.add(*place)
    mask.finish()
    values = mask.mask().read(SQUARE)
    assert 0 <= values.min() <= values.max() <= 1
