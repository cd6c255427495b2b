"""The colours of another picture: as statistics (Reinhard, optimal transport) or by matched histograms.

The other picture stands in the parameters as numbers, measured by :func:`transfer_to` and :func:`match_to`, so that a
recipe is whole without it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Halves, Rows, Steps, at_once, finished
from studio.filters.planes import Planes, from_oklab, luma, mixed, recolouring, straight_planes, to_oklab
from studio.raster.dynamics import curve_values
from studio.raster.strips import row_strips
from studio.recipe import QT_TRANSLATE_NOOP, STRAIGHT, Curve, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "mean-and-spread"),
    QT_TRANSLATE_NOOP("recipe", "optimal-transport"),
    QT_TRANSLATE_NOOP("recipe", "each-channel"),
    QT_TRANSLATE_NOOP("recipe", "luma"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
_STRENGTH = declare(
    QT_TRANSLATE_NOOP("recipe", "Strength"),
    low=0.0,
    high=1.0,
    step=0.01,
    description=QT_TRANSLATE_NOOP("recipe", "How much of the change is taken."),
)
_TRANSPORT = {"method": ("optimal-transport",)}


def _around(title: str) -> msgspec.Meta:
    return declare(title, low=-0.4, high=0.4, step=0.001)


def _spread(title: str) -> msgspec.Meta:
    return declare(title, low=0.0, high=0.5, step=0.001)


def _together(title: str) -> msgspec.Meta:
    return declare(title, low=-1.0, high=1.0, step=0.01, when=_TRANSPORT)


class ColourTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``colour-transfer``: what the colours shall be like, in OKLab."""

    method: Annotated[
        Literal["mean-and-spread", "optimal-transport"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Method"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Optimal transport also takes over how lightness and colours go together."
            ),
        ),
    ] = "optimal-transport"
    lightness: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Lightness: mean"), low=0.0, high=1.0, step=0.001)
    ] = 0.6
    a: Annotated[float, _around(QT_TRANSLATE_NOOP("recipe", "Green to red: mean"))] = 0.0
    b: Annotated[float, _around(QT_TRANSLATE_NOOP("recipe", "Blue to yellow: mean"))] = 0.0
    lightness_spread: Annotated[float, _spread(QT_TRANSLATE_NOOP("recipe", "Lightness: spread"))] = 0.2
    a_spread: Annotated[float, _spread(QT_TRANSLATE_NOOP("recipe", "Green to red: spread"))] = 0.05
    b_spread: Annotated[float, _spread(QT_TRANSLATE_NOOP("recipe", "Blue to yellow: spread"))] = 0.05
    lightness_with_a: Annotated[float, _together(QT_TRANSLATE_NOOP("recipe", "Redder where lighter"))] = 0.0
    lightness_with_b: Annotated[float, _together(QT_TRANSLATE_NOOP("recipe", "Yellower where lighter"))] = 0.0
    a_with_b: Annotated[float, _together(QT_TRANSLATE_NOOP("recipe", "Yellower where redder"))] = 0.0
    strength: Annotated[float, _STRENGTH] = 1.0


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """Of the colours of a picture in OKLab: ``mean`` of three, ``covariance`` of nine, row by row."""

    mean: tuple[float, ...]
    covariance: tuple[float, ...]


def statistics(pixels: np.ndarray) -> Statistics | None:
    """Of premultiplied float32 [h, w, 4], each pixel counted by its opacity; None where nothing is opaque."""
    return finished(_measuring(_strips(pixels)))


def _strips(pixels: Rows) -> Iterable[np.ndarray]:
    return (pixels[rows] for rows in row_strips(pixels.shape))


def _measuring(strips: Iterable[np.ndarray]) -> Generator[None, None, Statistics | None]:
    total, sums, products = 0.0, np.zeros(3), np.zeros((3, 3))
    for strip in strips:
        with np.errstate(all="ignore"):
            colours, alpha = straight_planes(strip)
            lab = [
                plane.ravel().astype(np.float64) for plane in to_oklab([np.clip(c, 0, 4) for c in colours])
            ]
            weight = np.minimum(alpha.ravel().astype(np.float64), 1)
            total += float(weight.sum())
            sums += [float((weight * plane).sum()) for plane in lab]
            products += [[float((weight * one * other).sum()) for other in lab] for one in lab]
        yield
    if total <= 0:
        return None
    mean = sums / total
    covariance = products / total - np.outer(mean, mean)
    return Statistics(mean=tuple(mean.tolist()), covariance=tuple(covariance.ravel().tolist()))


def transfer_to(pixels: np.ndarray, **others: object) -> ColourTransfer:
    """Parameters that give a picture the colours of ``pixels``; ``others``: method and strength."""
    found = statistics(pixels) or Statistics(mean=(0.0,) * 3, covariance=(0.0,) * 9)
    return msgspec.structs.replace(ColourTransfer(), **_wanted_by(found), **others)


def _wanted_by(found: Statistics) -> dict[str, float]:
    """The parameters that ask for these colours."""
    covariance = np.array(found.covariance).reshape(3, 3)
    spread = np.sqrt(np.maximum(np.diag(covariance), 0))
    below = np.maximum(spread, 1e-9)
    together = np.clip(covariance / np.outer(below, below), -1, 1)
    means = np.clip(found.mean, (0, -0.4, -0.4), (1, 0.4, 0.4)).tolist()
    return {
        "lightness": means[0],
        "a": means[1],
        "b": means[2],
        "lightness_spread": min(float(spread[0]), 0.5),
        "a_spread": min(float(spread[1]), 0.5),
        "b_spread": min(float(spread[2]), 0.5),
        "lightness_with_a": float(together[0, 1]),
        "lightness_with_b": float(together[0, 2]),
        "a_with_b": float(together[1, 2]),
    }


def _root(matrix: np.ndarray, power: float = 0.5) -> np.ndarray:
    """A symmetric matrix to a power; directions without extent stay without."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    raised = np.where(values > 1e-10, np.maximum(values, 1e-10) ** power, 0.0)
    return (vectors * raised) @ vectors.T


def transport(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The linear map that moves normal colours of covariance ``source`` to ``target`` with the least movement."""
    root, back = _root(source), _root(source, -0.5)
    return back @ _root(root @ target @ root) @ back


def _wanted(parameters: ColourTransfer) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance; correlations that cannot all be are brought to the nearest that can."""
    one, two, three = parameters.lightness_with_a, parameters.lightness_with_b, parameters.a_with_b
    together = np.array([[1, one, two], [one, 1, three], [two, three, 1]])
    values, vectors = np.linalg.eigh(together)
    together = (vectors * np.maximum(values, 0)) @ vectors.T
    spread = np.array([parameters.lightness_spread, parameters.a_spread, parameters.b_spread])
    return np.array([parameters.lightness, parameters.a, parameters.b]), together * np.outer(spread, spread)


def _transferred(pixels: np.ndarray, parameters: ColourTransfer, found: Statistics | None) -> Steps:
    mean = np.array(found.mean if found else (0.0,) * 3)
    covariance = np.array(found.covariance if found else (0.0,) * 9).reshape(3, 3)
    new_mean, new_covariance = _wanted(parameters)
    if parameters.method == "optimal-transport":
        matrix = transport(covariance, new_covariance)
    else:
        spread = np.sqrt(np.maximum(np.diag(covariance), 0))
        ratio = np.sqrt(np.diag(new_covariance)) / np.maximum(spread, 1e-5)
        matrix = np.diag(np.where(spread > 1e-5, ratio, 1.0))
    share = parameters.strength
    matrix = share * matrix + (1 - share) * np.eye(3)
    constant = mean + share * (new_mean - mean) - matrix @ mean

    def work(colours: Planes) -> Planes:
        moved = mixed(matrix.tolist(), to_oklab(colours))
        return from_oklab([plane + np.float32(part) for plane, part in zip(moved, constant, strict=True)])

    return recolouring(pixels, work)


_TRANSFER = Halves(lambda pixels, _parameters: _measuring(_strips(pixels)), _transferred)


class HistogramMatch(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``histogram-match``: for each share of the pixels the tone that they do not exceed."""

    channels: Annotated[
        Literal["each-channel", "luma"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Each channel: tones and colours. Luma: tones, hues stay."
            ),
        ),
    ] = "each-channel"
    red: Annotated[
        Curve,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Red"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "From the share of darker pixels (across) to the tone (up)."
            ),
            when={"channels": ("each-channel",)},
        ),
    ] = STRAIGHT
    green: Annotated[
        Curve, declare(QT_TRANSLATE_NOOP("recipe", "Green"), when={"channels": ("each-channel",)})
    ] = STRAIGHT
    blue: Annotated[
        Curve, declare(QT_TRANSLATE_NOOP("recipe", "Blue"), when={"channels": ("each-channel",)})
    ] = STRAIGHT
    luma: Annotated[Curve, declare(QT_TRANSLATE_NOOP("recipe", "Luma"), when={"channels": ("luma",)})] = (
        STRAIGHT
    )
    strength: Annotated[float, _STRENGTH] = 1.0


BINS = 4096
POINTS = 33
"""How many quantiles :func:`match_to` keeps of a picture."""


def shares(pixels: np.ndarray) -> np.ndarray | None:
    """float64 [4, BINS + 1]: of red, green, blue and luma the share of pixels below 0, 1/BINS … 1; None if none is seen.

    Each pixel counts by its opacity, values beyond 0–1 as the ends.
    """
    return finished(_counting(_strips(pixels)))


def _counting(strips: Iterable[np.ndarray]) -> Generator[None, None, np.ndarray | None]:
    counts = np.zeros((4, BINS))
    for strip in strips:
        with np.errstate(all="ignore"):
            colours, alpha = straight_planes(strip)
            weight = np.minimum(alpha.ravel(), 1)
            for row, plane in zip(counts, (*colours, luma(colours)), strict=True):
                index = np.clip(plane.ravel() * np.float32(BINS), 0, BINS - 1).astype(np.int32)
                row += np.bincount(index, weight, BINS)
        yield
    total = counts[0].sum()
    if total <= 0:
        return None
    return np.concatenate([np.zeros((4, 1)), np.cumsum(counts, axis=1)], axis=1) / total


def match_to(pixels: np.ndarray, **others: object) -> HistogramMatch:
    """Parameters that give a picture the histogram of ``pixels``; ``others``: channels and strength."""
    found = shares(pixels)
    curves = {} if found is None else _quantiles(found)
    return HistogramMatch(**curves, **others)  # type: ignore[arg-type]


def _quantiles(found: np.ndarray) -> dict[str, Curve]:
    """The curves that ask for the tones of which these are the shares."""
    # closer together towards the ends, where the outermost tones are
    at = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, POINTS))
    at[-1] = 1.0
    edges = np.linspace(0, 1, BINS + 1)
    return {
        name: tuple(
            (float(x), float(y)) for x, y in zip(at, np.interp(at, *_rising(row, edges)), strict=True)
        )
        for name, row in zip(("red", "green", "blue", "luma"), found, strict=True)
    }


def _rising(below: np.ndarray, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The part of a distribution where it rises, so that it can be read the other way round."""
    kept = np.concatenate(([True], np.diff(below) > 0))
    kept[: max(int(np.argmax(below > 0)) - 1, 0)] = False
    return below[kept], edges[kept]


def _matched(pixels: np.ndarray, parameters: HistogramMatch, found: np.ndarray | None) -> Steps:
    if found is None:
        found = np.tile(np.linspace(0, 1, BINS + 1), (4, 1))
    strength = np.float32(parameters.strength)
    curves = (parameters.red, parameters.green, parameters.blue, parameters.luma)
    tables = [curve_values(curve, row).astype(np.float32) for curve, row in zip(curves, found, strict=True)]

    def work(colours: Planes) -> Planes:
        if parameters.channels == "each-channel":
            return [
                plane + strength * _change(plane, table)
                for plane, table in zip(colours, tables, strict=False)
            ]
        tone = luma(colours)
        change = strength * _change(tone, tables[3])
        factor = np.divide(tone + change, tone, out=np.ones_like(tone), where=tone > np.float32(1e-4))
        return [plane * factor for plane in colours]

    return recolouring(pixels, work)


_MATCH = Halves(lambda pixels, _parameters: _counting(_strips(pixels)), _matched)


def _change(plane: np.ndarray, table: np.ndarray) -> np.ndarray:
    """What is added to each value; beyond 0–1 the same as at the ends."""
    inside = np.clip(plane, 0, 1)
    place = inside * np.float32(BINS)
    index = np.minimum(place, BINS - 1).astype(np.int32)
    low = np.take(table, index)
    return low + (place - index) * (np.take(table, index + 1) - low) - inside


def taking(name: str, strips: Iterable[np.ndarray]) -> Generator[None, None, dict[str, Any] | None]:
    """What of the parameters of the filter ``name`` makes any picture like another one; the others stay free.

    ``strips``: that picture, part by part, premultiplied float32 [h, w, 4] in the space of the filtered one; a value that is
    not finite counts as :func:`straight_planes` reads it. Returns None where nothing is opaque.
    """
    if name == COLOUR_TRANSFER.name:
        found = yield from _measuring(strips)
        return None if found is None else _wanted_by(found)
    counts = yield from _counting(strips)
    return None if counts is None else _quantiles(counts)


COLOUR_TRANSFER = FilterKind(
    name="colour-transfer",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Colours x in OKLab (Ottosson, 2020) become μ' + T(x − μ), μ and Σ the mean and covariance of the whole picture "
        "(weighted by opacity, values cut to 0–4), μ' and Σ' those asked for. Mean and spread: T has the ratios of the "
        "standard deviations on its diagonal (Reinhard et al., Color transfer between images, 2001). Optimal transport: "
        "T = Σ^−½ (Σ^½ Σ' Σ^½)^½ Σ^−½, the linear Monge–Kantorovich map (Pitié and Kokaram, 2007), directions without "
        "extent left out. Strength mixes T with the identity and μ' with μ. Values above 1 survive.",
    ),
    parameters=ColourTransfer,
    function=at_once(_TRANSFER.stepwise),
    stepwise=_TRANSFER.stepwise,
    halves=_TRANSFER,
    whole=True,
    at_scale="rescaled",
)

HISTOGRAM_MATCH = FilterKind(
    name="histogram-match",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "An encoded value v becomes q(F(v)): F(v) is the share of the whole picture, weighted by opacity, that lies below "
        "v, from 4096 bins, linear inside a bin; q is the curve of the wanted quantiles, a monotone cubic (Fritsch and "
        "Carlson, 1980). The straight line equalises the histogram. With luma (Rec. 709) that tone is matched and the "
        "channels are multiplied alike. What lies above 1 in float pictures is added unchanged (histogram matching, "
        "Gonzalez and Woods, Digital Image Processing, ch. 3).",
    ),
    parameters=HistogramMatch,
    function=at_once(_MATCH.stepwise),
    stepwise=_MATCH.stepwise,
    halves=_MATCH,
    whole=True,
    at_scale="rescaled",
)

KINDS = (COLOUR_TRANSFER, HISTOGRAM_MATCH)
