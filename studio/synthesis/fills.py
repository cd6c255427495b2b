"""What a fill layer can be made of, each declared once: a colour, a gradient, noise, a pattern, a scene.

A fill's recipe stands in its layer; panel, file and canvas read it from here. Places are in the layer's own pixels.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from studio import recipe
from studio.raster.later import LaterMapping
from studio.recipe import QT_TRANSLATE_NOOP, Stops, Stored, declare
from studio.synthesis import PATTERNS, SCENES
from studio.synthesis.likeness_fill import NoiseLikeFill
from studio.synthesis.noise import GaussianPicture, UniformPicture

_Part = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Rgba = tuple[_Part, _Part, _Part, _Part]
MOST_STOPS = 64
_PLACE = {"low": -1e6, "high": 1e6, "unit": "px"}


class FillColour(msgspec.Struct, frozen=True, kw_only=True):
    """``colour``: straight encoded RGBA."""

    colour: Rgba = (0.0, 0.0, 0.0, 1.0)


class FillGradient(msgspec.Struct, frozen=True, kw_only=True):
    """A gradient from (x0, y0) to (x1, y1). ``stops`` in any order; two at one offset make a hard edge.

    Version 2 mixes colours as they look in the picture's colour space; in sRGB it is version 1.
    """

    kind: Annotated[
        Literal["linear", "radial", "angle", "reflected"], declare(QT_TRANSLATE_NOOP("recipe", "Form"))
    ] = "linear"
    x0: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Start x"), **_PLACE)] = 0.0
    y0: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Start y"), **_PLACE)] = 0.0
    x1: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "End x"), **_PLACE)] = 1000.0
    y1: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "End y"), **_PLACE)] = 0.0
    stops: Annotated[
        Stops, msgspec.Meta(min_length=1, max_length=MOST_STOPS, title=QT_TRANSLATE_NOOP("recipe", "Colours"))
    ] = ((0.0, 0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0))
    extend: Annotated[
        Literal["pad", "repeat", "mirror"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Beyond the ends"),
            description=QT_TRANSLATE_NOOP("recipe", "Hold the last colour, repeat, or go back and forth."),
        ),
    ] = "pad"
    space: Annotated[
        Literal["encoded", "oklab", "linear-light"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colours between"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "As stored; even to the eye (OKLab), without grey in the middle; or as light mixes."
            ),
        ),
    ] = "oklab"
    dither: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Dither"),
            description=QT_TRANSLATE_NOOP("recipe", "A grain below one step of 8 bits hides bands."),
        ),
    ] = True


class GaussianFill(GaussianPicture, frozen=True, kw_only=True):
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0


class UniformFill(UniformPicture, frozen=True, kw_only=True):
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0


class FillKind(msgspec.Struct, frozen=True, kw_only=True):
    """``title`` is English source text in context ``recipe``."""

    name: str
    version: int
    title: str
    parameters: type[msgspec.Struct]

    def stored(self, value: msgspec.Struct) -> Stored:
        """The form in which a layer keeps ``value``. Raises RecipeError."""
        return recipe.store(self.name, self.version, value)


COLOUR = FillKind(
    name="fill-colour", version=1, title=QT_TRANSLATE_NOOP("recipe", "Colour"), parameters=FillColour
)
GRADIENT = FillKind(
    name="fill-gradient", version=2, title=QT_TRANSLATE_NOOP("recipe", "Gradient"), parameters=FillGradient
)
GAUSSIAN = FillKind(
    name="gaussian-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Gaussian noise"),
    parameters=GaussianFill,
)
UNIFORM = FillKind(
    name="uniform-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Uniform noise"),
    parameters=UniformFill,
)
LIKE = FillKind(
    name="noise-like",
    version=2,  # 1 repeated a square of 512 pixels
    title=QT_TRANSLATE_NOOP("recipe", "Noise like a picture"),
    parameters=NoiseLikeFill,
)


def _kinds() -> dict[str, FillKind]:
    made = (
        FillKind(name=one.name, version=one.version, title=one.title, parameters=one.with_seed())
        for one in (*PATTERNS.values(), *SCENES.values())
    )
    return {kind.name: kind for kind in (COLOUR, GRADIENT, GAUSSIAN, UNIFORM, LIKE, *made)}


FILL_KINDS: LaterMapping[FillKind] = LaterMapping(_kinds)


def parameters_of(stored: Stored) -> Any:
    """The declared struct of a fill layer's recipe. Raises RecipeError for an unknown fill or values not allowed."""
    kind = FILL_KINDS.get(stored.name)
    if kind is None or stored.version > kind.version:
        raise recipe.RecipeError(f"{stored.key} is a fill of another version of Danqing")
    return recipe.from_plain(kind.parameters, stored.parameters)
