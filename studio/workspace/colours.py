"""Colours between the artist's hand and a picture. In the hand, in swatches and in every panel a colour means encoded sRGB; in
a picture it has the numbers of the picture's colour space. What is ``entering`` is converted once, what is ``leaving`` is
converted back. In an sRGB picture both give what they got.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import Any

import msgspec
import numpy as np

from studio.document.artwork import ColourSpace
from studio.project import profiles
from studio.raster.icc import is_srgb
from studio.raster.tip import Tip
from studio.recipe import parameters

Colour = tuple[float, ...]
"""(red, green, blue) or (red, green, blue, alpha), straight, encoded, 0–1."""
NAMES = frozenset({"colour", "fill", "stroke", "highlight", "shadow"})
"""Parameters of recipes and styles that hold a colour; ``stops`` holds several."""
STRIP_PIXELS = 1 << 16
"""Pixels converted in one step of a lane."""
_EXACT = 2e-4
"""By how much a profile's own rounding lets black and white miss 0 and 1."""


def entering(colour: Any, space: ColourSpace) -> Any:
    """A colour of the hand in the numbers of ``space``, brought to 0–1; its alpha, if it has one, is kept."""
    return colour if is_srgb(space.icc) else converted(colour, b"", space.icc)


def leaving(colour: Any, space: ColourSpace) -> Any:
    """A colour of a picture as the hand holds it: the nearest that sRGB has."""
    return colour if is_srgb(space.icc) else converted(colour, space.icc, b"")


def prepare(profile: bytes) -> None:
    """Makes what the first colour of a profile that is a table would have to wait for; for a lane."""
    for source, target in ((b"", profile), (profile, b"")):
        profiles.alike(np.zeros(3), source, target)


def lightness(colour: Colour) -> float:
    """Rec. 709 luma of a colour of the hand: what painting it into a mask means, in any picture."""
    red, green, blue = colour[:3]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def converted(colour: Colour, source: bytes, target: bytes) -> Colour:
    """A colour of one profile in another, brought to 0–1; its alpha, if it has one, is kept."""
    found = profiles.alike(np.array(colour[:3], np.float64), source, target)
    return (*(_whole(min(max(part, 0.0), 1.0)) for part in found.tolist()), *colour[3:])


def _whole(part: float) -> float:
    return float(round(part)) if abs(part - round(part)) < _EXACT else part


# ---- recipes: fills, gradients, shapes, texts, effects


def changed(plain: dict[str, Any], change: Callable[[Colour], Colour]) -> dict[str, Any]:
    """Parameters with the colours among them changed: those of ``NAMES``, and gradient ``stops``."""
    out = dict(plain)
    for name, value in plain.items():
        if name in NAMES and _is_colour(value):
            out[name] = change(tuple(value))
        elif name == "stops" and isinstance(value, list | tuple):
            out[name] = tuple((stop[0], *change(tuple(stop[1:]))) for stop in value)
    return out


def _is_colour(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) in (3, 4)


def values_leaving(value: Any, space: ColourSpace) -> Any:
    """A recipe's declared struct with its colours as the hand holds them, for the panel that edits it."""
    return value if is_srgb(space.icc) else changed_values(value, partial(leaving, space=space))


def values_entering(value: Any, space: ColourSpace, before: Iterable[Any] = ()) -> Any:
    """A recipe's declared struct from its panel, with its colours in the numbers of ``space``.

    ``before``: what the picture has now. A colour that still is what one of those shows keeps its numbers: one that lies
    outside sRGB, or between two steps, is not changed by changing something else.
    """
    if is_srgb(space.icc):
        return value
    known = {leaving(one, space): one for each in before for one in _colours_of(each)}

    def enter(colour: Colour) -> Colour:
        own = known.get(colour[:3])
        return entering(colour, space) if own is None else (*own, *colour[3:])

    return changed_values(value, enter)


def changed_values(value: Any, change: Callable[[Colour], Colour]) -> Any:
    """A recipe's declared struct with all of its colours changed."""
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    new = changed(fields, change)
    for name in _declared(type(value)):  # under a name of its own, as filters have them
        if name not in NAMES and name != "stops":
            one = fields[name]
            stops = bool(one) and isinstance(one[0], list | tuple)
            new[name] = (
                tuple((stop[0], *change(tuple(stop[1:]))) for stop in one) if stops else change(tuple(one))
            )
    return msgspec.structs.replace(value, **new)


@cache
def _declared(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    """Names of the parameters that are declared as colours or gradients."""
    return tuple(one.name for one in parameters(struct) if one.kind in ("colour", "gradient"))


def _colours_of(value: Any) -> list[Colour]:
    """The colours of a declared struct, without alpha."""
    found: list[Colour] = []

    def note(colour: Colour) -> Colour:
        found.append(colour[:3])
        return colour

    changed_values(value, note)
    return found


# ---- pixels


def to_srgb(premultiplied: np.ndarray, profile: bytes) -> np.ndarray:
    """Premultiplied pixels [h, w, 4] of a profile as sRGB, float32, for what ends in 8 bits."""
    return profiles.pixels_alike(premultiplied, profile, b"", quick=True)


def pixels_between(
    premultiplied: np.ndarray, source: ColourSpace, target: ColourSpace, *, quick: bool = False
) -> np.ndarray:
    """Premultiplied pixels [h, w, 4] of one colour space in another; those of the same are returned as they are.

    ``quick``: for pixels that come from 8 bits or end there.
    """
    if same(source, target):
        return premultiplied
    return profiles.pixels_alike(premultiplied, source.icc, target.icc, quick=quick)


def strips_between(
    premultiplied: np.ndarray, source: ColourSpace, target: ColourSpace, *, quick: bool = False
) -> Iterator[tuple[int, np.ndarray]]:
    """(first row, its pixels as :func:`pixels_between`) for each strip of a picture, so that a lane can do it in steps."""
    rows = max(1, STRIP_PIXELS // max(1, premultiplied.shape[1]))
    for top in range(0, premultiplied.shape[0], rows):
        yield top, pixels_between(premultiplied[top : top + rows], source, target, quick=quick)


def same(one: ColourSpace, other: ColourSpace) -> bool:
    """Whether equal numbers are equal colours in both."""
    return one.icc == other.icc or (is_srgb(one.icc) and is_srgb(other.icc))


@lru_cache(maxsize=16)
def tip_entering(tip: Tip, profile: bytes) -> Tip:
    """A brush tip with its own colours, in the numbers of a profile; one of coverage alone is returned as it is."""
    if tip.channels == 1 or is_srgb(profile):
        return tip
    pixels = tip.pixels()
    rgb = profiles.alike(pixels[..., :3].astype(np.float32) / np.float32(255), b"", profile)
    eight = np.round(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    return Tip.of(np.concatenate([eight, pixels[..., 3:]], axis=2))
