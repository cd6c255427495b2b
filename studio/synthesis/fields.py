"""Fields: patterns as numbers at document coordinates, made for any rectangle at any scale.

Each function takes its parameters, a seed and a :class:`~studio.synthesis.lattice.View` and gives float32 [h, w]
(plasma: [h, w, 3]). Pixels are means over their area where that has a closed form: an octave whose cells come near to
the size of a pixel fades, so that a view from further away shows what the near one averages to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from studio.synthesis.lattice import (
    Lattice,
    Plane,
    View,
    perlin,
    perlin_at,
    perlin_slopes,
    simplex,
    value_noise,
)

# The share of an octave's standard deviation that is left in means over pixels is exp(−(c · pixel / cell)²); c measured
# for each noise, within 0.02 where a cell is 1.5 pixels or more.
PERLIN_FADE, SIMPLEX_FADE, VALUE_FADE = 0.82, 1.08, 0.58
FINEST = 0.7
"""An octave with cells below this many pixels is left out: little of it is left."""
DEEPEST = 24
"""More octaves than lie between the largest size and a pixel of a picture ten times as large."""


def fading(cell: float, pixel: float, fade: float = PERLIN_FADE) -> float:
    """The share of a noise with cells of ``cell`` that means over pixels keep."""
    return math.exp(-((fade * pixel / cell) ** 2)) if cell >= FINEST * pixel else 0.0


def lattice_of(
    parameters: Any, seed: int, stream: int, size: float, *, even: bool = False, stretch: float = 1.0
) -> Lattice:
    return Lattice(
        seed=seed,
        stream=stream,
        size=size,
        tile=(parameters.tile_x, parameters.tile_y),
        time=parameters.time,
        loop=parameters.loop,
        even=even,
        stretch=stretch,
    )


def octaves(
    parameters: Any, seed: int, stream: int, view: View, larger: float = 1.0, stretch: float = 1.0
) -> Iterator[tuple[Lattice, float, float]]:
    """The lattice of each octave, its gain, and the share that the pixels keep; without those nothing is left of.

    ``larger``: its cells in the parameters' sizes.
    """
    for index in range(parameters.octaves):
        size = larger * parameters.size / parameters.lacunarity**index
        lattice = lattice_of(parameters, seed, stream + index, size, stretch=stretch)
        share = fading(min(lattice.cell), view.pixel)
        if share == 0:
            return
        yield lattice, parameters.gain**index, share


def total(parameters: Any, power: float = 1.0) -> float:
    """The sum of all octaves' gains to a power, whether they are seen or not."""
    return sum(parameters.gain ** (power * index) for index in range(parameters.octaves))


def _nothing(view: View) -> Plane:
    return np.zeros((view.rect.height, view.rect.width), np.float32)


def placed(noise: Plane, parameters: Any) -> Plane:
    """Noise of mean 0 and standard deviation 1 as the parameters' mean and sigma want it."""
    noise *= np.float32(parameters.sigma)
    noise += np.float32(parameters.mean)
    return noise


def perlin_field(parameters: Any, seed: int, view: View) -> Plane:
    lattice = lattice_of(parameters, seed, 0x10000, parameters.size)
    share = fading(min(lattice.cell), view.pixel)
    noise = perlin(lattice, view) * np.float32(share) if share else _nothing(view)
    return placed(noise, parameters)


def simplex_field(parameters: Any, seed: int, view: View) -> Plane:
    lattice = lattice_of(parameters, seed, 0x20000, parameters.size, even=True)
    share = fading(min(lattice.cell), view.pixel, SIMPLEX_FADE)
    noise = simplex(lattice, view) * np.float32(share) if share else _nothing(view)
    return placed(noise, parameters)


def fbm(
    parameters: Any, seed: int, view: View, stream: int, larger: float = 1.0, stretch: float = 1.0
) -> Plane:
    """Σ gⁱ nᵢ / √Σ g²ⁱ: mean 0, standard deviation 1 if all octaves are seen."""
    out = _nothing(view)
    for lattice, gain, share in octaves(parameters, seed, stream, view, larger, stretch):
        out += perlin(lattice, view) * np.float32(gain * share)
    out *= np.float32(1 / math.sqrt(total(parameters, 2)))
    return out


def fbm_at(parameters: Any, seed: int, view: View, stream: int, x: np.ndarray, y: np.ndarray) -> Plane:
    """:func:`fbm` at any points, document coordinates float64 [h, w]."""
    out = _nothing(view)
    for lattice, gain, share in octaves(parameters, seed, stream, view):
        out += perlin_at(lattice, x, y) * np.float32(gain * share)
    out *= np.float32(1 / math.sqrt(total(parameters, 2)))
    return out


def fbm_field(parameters: Any, seed: int, view: View) -> Plane:
    return placed(fbm(parameters, seed, view, 0x30000), parameters)


def plasma_field(parameters: Any, seed: int, view: View) -> np.ndarray:
    """[h, w, 1 or 3]: octaves of value noise down to the pixel, each 2^−H as strong as the one before."""
    gain = 2.0**-parameters.roughness
    planes = [_nothing(view) for _ in range(1 if parameters.channels == "shared" else 3)]
    for index in range(DEEPEST):
        lattice = lattice_of(parameters, seed, 0x50000 + index, parameters.size / 2**index)
        share = fading(min(lattice.cell), view.pixel, VALUE_FADE)
        if share == 0:
            break
        for plane, noise in zip(planes, value_noise(lattice, view, len(planes)), strict=True):
            noise *= np.float32(gain**index * share)
            plane += noise
    for plane in planes:
        plane *= np.float32(math.sqrt(1 - gain * gain))
        placed(plane, parameters)
    return np.stack(planes, -1)


def turbulence(parameters: Any, seed: int, view: View, stream: int, larger: float = 1.0) -> Plane:
    """Σ gⁱ |nᵢ| / Σ gⁱ with n of standard deviation 1; an unseen octave counts with its mean."""
    out, unseen = _nothing(view), total(parameters)
    for lattice, gain, share in octaves(parameters, seed, stream, view, larger):
        out += np.abs(perlin(lattice, view)) * np.float32(gain * share)
        unseen -= gain * share
    out += np.float32(unseen * MEAN_SIZE)
    out *= np.float32(1 / total(parameters))
    return out


MEAN_SIZE = 0.82
"""The mean of |n| of Perlin noise with standard deviation 1, measured over 10⁷ points."""


def turbulence_field(parameters: Any, seed: int, view: View) -> Plane:
    # Four standard deviations of the first octave: nothing of it is cut off.
    return turbulence(parameters, seed, view, 0x60000) * np.float32(0.5)


def ridged_field(parameters: Any, seed: int, view: View) -> Plane:
    """Musgrave's ridges: each octave is (1 − |n| / 2)², weighted by the one before it."""
    out, weight = _nothing(view), np.float32(1)
    seen = 0
    for lattice, gain, share in octaves(parameters, seed, 0x70000, view):
        signal = 1 - np.minimum(np.abs(perlin(lattice, view)) * np.float32(0.5), 1)
        signal *= signal
        signal += (np.float32(MEAN_RIDGE) - signal) * np.float32(1 - share)
        signal *= weight
        out += signal * np.float32(gain)
        weight = np.clip(signal * np.float32(parameters.sharpness), 0, 1)
        seen += 1
    for index in range(seen, parameters.octaves):
        signal = np.float32(MEAN_RIDGE) * weight
        out += signal * np.float32(parameters.gain**index)
        weight = np.clip(signal * np.float32(parameters.sharpness), 0, 1)
    out *= np.float32(1 / total(parameters))
    return out


MEAN_RIDGE = 0.43
"""The mean of (1 − |n| / 2)², measured over 10⁷ points."""


def warped_field(parameters: Any, seed: int, view: View) -> Plane:
    """f(p + s · (f₁(p), f₂(p))): Quilez, "Domain warping", 2002."""
    reach = parameters.warp * parameters.size
    x = view.x[None, :] + fbm(parameters, seed, view, 0x80000) * np.float64(reach)
    y = view.y[:, None] + fbm(parameters, seed, view, 0x81000) * np.float64(reach)
    return placed(fbm_at(parameters, seed, view, 0x82000, x, y), parameters)


def curl(parameters: Any, seed: int, view: View) -> tuple[Plane, Plane]:
    """(∂ψ/∂y, −∂ψ/∂x) of ψ = fBm, times the size: a flow without sources (Bridson, 2007)."""
    across, down = _nothing(view), _nothing(view)
    for lattice, gain, share in octaves(parameters, seed, 0x90000, view):
        slope_x, slope_y = perlin_slopes(lattice, view)
        wide, high = lattice.cell
        across += slope_y * np.float32(gain * share * parameters.size / high)
        down -= slope_x * np.float32(gain * share * parameters.size / wide)
    scale = np.float32(1 / math.sqrt(total(parameters, 2)))
    return across * scale, down * scale


def curl_field(parameters: Any, seed: int, view: View) -> Plane:
    across, down = curl(parameters, seed, view)
    if parameters.shows == "direction":
        turn = np.arctan2(down, across)
        turn *= np.float32(1 / (2 * np.pi))
        turn += turn < 0
        return turn
    speed = across * across
    speed += down * down
    np.sqrt(speed, out=speed)
    # Perlin noise of standard deviation 1 is this steep on average, along each axis and per cell.
    speed *= np.float32(1 / (3 * CURL_SPREAD * math.sqrt(_steepness(parameters))))
    return speed


CURL_SPREAD = 2.9


def _steepness(parameters: Any) -> float:
    """Mean square slope of the sum beside that of its first octave."""
    steep = (parameters.gain * parameters.lacunarity) ** 2
    return sum(steep**index for index in range(parameters.octaves)) / total(parameters, 2)
