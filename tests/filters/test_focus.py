"""A lens blur that is sharp somewhere: each pixel by its formula, from the blurs that are the same everywhere."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.filters import FILTERS
from studio.filters.focus import LEVELS, radii
from studio.filters.lens import LensBlur
from studio.filters.ripples import map_of_file
from studio.raster.geometry import Rect
from studio.recipe import Attached
from tests.filters.case import picture

KIND = FILTERS["lens-blur"]
WIDTH, HEIGHT = 90, 60
CANVAS = Rect(0, 0, WIDTH, HEIGHT)


def applied(parameters: LensBlur, **options: object) -> np.ndarray:
    return KIND.apply(picture(WIDTH, HEIGHT), parameters, canvas=CANVAS, **options)  # type: ignore[arg-type]


def depths() -> Attached:
    """Grey that rises to the right."""
    grey = np.tile(np.linspace(0, 255, WIDTH, dtype=np.uint8)[None], (HEIGHT, 1))
    return Attached(
        name="depth.png", content=map_of_file("depth.png", cv2.imencode(".png", grey)[1].tobytes())
    )


def away(parameters: LensBlur, x: int, y: int) -> float:
    dx, dy = x + 0.5 - parameters.centre_x * WIDTH, y + 0.5 - parameters.centre_y * HEIGHT
    if parameters.sharp == "around-a-point":
        return float(np.hypot(dx, dy)) / HEIGHT
    if parameters.sharp == "along-a-line":
        angle = np.radians(parameters.line)
        return float(abs(dx * np.sin(angle) + dy * np.cos(angle))) / HEIGHT
    return abs(round(255 * x / (WIDTH - 1)) / 255 - parameters.depth)


@pytest.mark.parametrize(
    "parameters",
    [
        LensBlur(radius=9, sharp="around-a-point", centre_x=0.3, centre_y=0.6, within=0.15, fade=0.6),
        LensBlur(radius=9, sharp="along-a-line", centre_y=0.4, line=35, within=0.1, fade=0.7),
        LensBlur(radius=9, sharp="at-a-depth", depth=0.35, within=0.1, fade=0.5, map=depths()),
    ],
    ids=lambda value: value.sharp,
)
def test_each_pixel_is_mixed_of_the_two_blurs_around_its_radius(parameters: LensBlur) -> None:
    out = applied(parameters)
    steps = radii(parameters.radius)
    plain = [applied(LensBlur(radius=radius)) for radius in steps]
    seen = set()
    for x, y in ((27, 36), (5, 5), (40, 20), (60, 31), (70, 50), (88, 58), (33, 30), (50, 45)):
        part = np.clip((away(parameters, x, y) - parameters.within) / parameters.fade, 0, 1)
        wanted = parameters.radius * part
        lower = min(int(np.searchsorted(steps, wanted, "right")) - 1, LEVELS - 1)
        share = (wanted - steps[lower]) / (steps[lower + 1] - steps[lower])
        mixed = plain[lower][y, x] * (1 - share) + plain[lower + 1][y, x] * share
        np.testing.assert_allclose(out[y, x], mixed, atol=2e-3 if parameters.map.content else 1e-5)
        seen.add(0 if part == 0 else 2 if part == 1 else 1)
    assert seen == {0, 1, 2}, "sharp, in between and wholly blurred pixels were looked at"


def test_what_is_sharp_stays_and_only_blurs_that_are_needed_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []
    from studio.filters import lens

    blurred = lens._blurred
    monkeypatch.setattr(lens, "_blurred", lambda *words: made.append(words[2]) or blurred(*words))
    parameters = LensBlur(radius=12, sharp="along-a-line", centre_y=0.0, within=0.5, fade=0.5)
    np.testing.assert_array_equal(applied(parameters)[:29], picture(WIDTH, HEIGHT)[:29])
    assert len(made) == LEVELS + 1
    made.clear()
    applied(parameters, wanted=Rect(0, 0, WIDTH, 20))
    assert made == [0.0, radii(12)[1]], "the sharp part needs none of the large ones"


def test_a_map_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"map|text|none|size"):
        LensBlur(sharp="at-a-depth", map=Attached(name="x", content="no map"))
