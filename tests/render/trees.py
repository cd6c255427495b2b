"""Random layer trees for the render tests, and small filters whose results are known."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Layer, Paint
from studio.filters.kind import FilterKind, Place
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored, declare

# jumps at equality turn rounding into a different pixel; they have their own tests in tests/raster
STEADY = (
    "normal multiply screen overlay darken lighten hard-light soft-light difference exclusion linear-burn linear-light "
    "pin-light subtract add lighter behind erase source-atop source-in destination-in xor luminosity"
).split()


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    amount: Annotated[float, declare("Amount", low=0.0, high=4.0)] = 1.0


def invert(pixels: np.ndarray, parameters: Amount, place: Place) -> np.ndarray:
    out = pixels.copy()
    out[..., :3] = pixels[..., 3:] - pixels[..., :3] * np.float32(parameters.amount)
    return np.maximum(out, 0)


def spread(pixels: np.ndarray, parameters: Amount, place: Place) -> np.ndarray:
    """The mean of a pixel and its neighbours two to the left and right and three above and below."""
    out = pixels.copy()
    for axis, distance in ((1, 2), (0, 3)):
        for sign in (-1, 1):
            out += np.roll(pixels, sign * distance, axis)
    return out / np.float32(5)


def fill_mean(pixels: np.ndarray, parameters: Amount, place: Place) -> np.ndarray:
    return np.broadcast_to(pixels.mean((0, 1)) * np.float32(parameters.amount), pixels.shape).copy()


def kind(name: str, function, reach: int = 0, **how) -> FilterKind:
    return FilterKind(
        name=name,
        version=1,
        description="",
        parameters=Amount,
        function=function,
        reach_of=lambda parameters, scale: reach,
        **how,
    )


KINDS = {
    "invert": kind("invert", invert),
    "spread": kind("spread", spread, 3),
    "mean": kind("mean", fill_mean, whole=True),
    "dream": kind("dream", invert, where="engine"),
}


def stored(name: str, amount: float = 1.0) -> Stored:
    return Stored(name=name, version=1, parameters={"amount": amount})


def surface(rng: np.random.Generator, rect: Rect, highest: float = 1.0, dtype: type = np.float16) -> Surface:
    """Soft random colours in ``rect``, a third of it transparent, a third opaque."""
    alpha = np.clip(rng.random((rect.height, rect.width, 1)) * 3 - 1, 0, 1)
    alpha = np.where((alpha > 0) & (alpha < 0.02), 0.02, alpha)
    colour = rng.random((rect.height, rect.width, 3)) * highest
    pixels = np.concatenate([colour * alpha, alpha], -1).astype(dtype)
    return Surface.from_pixels(pixels, rect.left, rect.top)


def layer(rng: np.random.Generator, canvas: Rect, depth: int, highest: float, moves: int) -> Layer:
    """One random layer; ``moves``: layers are moved by multiples of this many pixels."""
    share = {"opacity": float(rng.choice([1.0, 1.0, 0.6, 0.25])), "mode": str(rng.choice(STEADY))}
    share |= {"clipping": bool(rng.random() < 0.3), "visible": bool(rng.random() < 0.9)}
    move = (1.0, 0.0, 0.0, 1.0, float(moves * rng.integers(-3, 4)), float(moves * rng.integers(-3, 4)))
    if rng.random() < 0.35:
        part = canvas.grow(-int(rng.integers(0, 40)))
        values = rng.random((part.height, part.width))
        share["mask"] = Mask.from_pixels(values, part.left, part.top, float(rng.choice([0.0, 1.0, 0.5])))
    pick = rng.random()
    if depth and pick < 0.3:
        children = tuple(layer(rng, canvas, depth - 1, highest, moves) for _ in range(rng.integers(1, 4)))
        return Group(children=children, pass_through=bool(rng.random() < 0.5), transform=move, **share)
    if pick < 0.45:
        mode = "normal" if rng.random() < 0.6 else str(rng.choice(["multiply", "screen", "add"]))
        return Filter(recipe=stored(str(rng.choice(["invert", "spread"]))), **{**share, "mode": mode})
    if pick < 0.55:
        colour = [float(value) for value in rng.random(4)]
        return Fill(recipe=Stored(name="fill-colour", version=1, parameters={"colour": colour}), **share)
    part = canvas.grow(int(rng.integers(-60, 30)))
    return Paint(surface=surface(rng, part, highest), transform=move, **share)


def artwork(
    seed: int, highest: float = 1.0, moves: int = 1, layers: int = 7, size: tuple[int, int] = (300, 280)
) -> Artwork:
    rng = np.random.default_rng(seed)
    canvas = Rect(0, 0, *size)
    bottom = Paint(surface=surface(rng, canvas, highest))
    return Artwork(
        width=size[0],
        height=size[1],
        layers=(bottom, *(layer(rng, canvas, 2, highest, moves) for _ in range(layers))),
    )
