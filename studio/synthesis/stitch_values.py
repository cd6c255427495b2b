"""What a panorama is made of: the declared parameters and one frozen value per stage.

Coordinates are pixels whose centres are whole numbers. A *ray* is a homogeneous point of the common space of all pictures:
a direction from the shared viewpoint, or a point (x, y, 1) of the flat thing that was photographed.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, declare

NAME, VERSION = "stitch", 1
TITLE = QT_TRANSLATE_NOOP("recipe", "Stitch")
DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "Features of each picture (SIFT, Lowe, 2004, or ORB, Rublee et al., 2011) are matched with their nearest. Two pictures "
    "overlap where one homography, found by RANSAC, explains more than 5.9 + 0.22 n of the n matches inside both (Brown and "
    "Lowe, Automatic panoramic image stitching using invariant features, 2007, equation 13). All cameras, a focal length and a "
    "rotation each, or else homographies, are adjusted together to the least squares of the distances of matches (Levenberg "
    "and Marquardt, weighted by Huber), and turned until the horizon is level. Gains g make Σ N (ln gᵢIᵢ − ln gⱼIⱼ)² least, N "
    "pixels and means I of an overlap. Seams are graph cuts along which colours and gradients differ least (Kwatra et al., "
    "2003). Each band of frequencies is joined over a width of its own size (Burt and Adelson, 1983).",
)
FEWEST, MOST = 2, 40
MOST_PIXELS = 1_000_000_000

TOO_FEW = QT_TRANSLATE_NOOP("recipe", "A panorama needs at least two pictures.")
TOO_MANY = QT_TRANSLATE_NOOP("recipe", "A panorama takes at most {most} pictures; these are {count}.")
NO_OVERLAP = QT_TRANSLATE_NOOP(
    "recipe",
    "None of these {count} pictures shows a part of another one, so there is nothing to stitch. Neighbouring pictures "
    "should share about a third of what they show.",
)
TOO_WIDE = QT_TRANSLATE_NOOP(
    "recipe",
    "These pictures span too wide an angle for a flat projection. Choose the cylindrical or spherical one.",
)
TOO_LARGE = QT_TRANSLATE_NOOP(
    "recipe", "The panorama would have {width} × {height} pixels. Choose a smaller scale."
)
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "sift"),
    QT_TRANSLATE_NOOP("recipe", "orb"),
    QT_TRANSLATE_NOOP("recipe", "auto"),
    QT_TRANSLATE_NOOP("recipe", "rotation"),
    QT_TRANSLATE_NOOP("recipe", "flat"),
    QT_TRANSLATE_NOOP("recipe", "perspective"),
    QT_TRANSLATE_NOOP("recipe", "cylindrical"),
    QT_TRANSLATE_NOOP("recipe", "spherical"),
    QT_TRANSLATE_NOOP("recipe", "off"),
    QT_TRANSLATE_NOOP("recipe", "gain"),
    QT_TRANSLATE_NOOP("recipe", "channels"),
    QT_TRANSLATE_NOOP("recipe", "blocks"),
    QT_TRANSLATE_NOOP("recipe", "graph-cut"),
    QT_TRANSLATE_NOOP("recipe", "middle"),
    QT_TRANSLATE_NOOP("recipe", "multi-band"),
    QT_TRANSLATE_NOOP("recipe", "none"),
    QT_TRANSLATE_NOOP("recipe", "transparent"),
    QT_TRANSLATE_NOOP("recipe", "crop"),
    QT_TRANSLATE_NOOP("recipe", "fill"),
    QT_TRANSLATE_NOOP("recipe", "linear"),
    QT_TRANSLATE_NOOP("recipe", "cubic"),
    QT_TRANSLATE_NOOP("recipe", "lanczos"),
)


TURNED = MappingProxyType({"model": ("auto", "rotation")})


class StitchError(ValueError):
    """Why there is no panorama. ``text``: English sentence of context ``recipe``, filled with ``arguments``."""

    def __init__(self, text: str, **arguments: object) -> None:
        self.text = text
        self.arguments = {name: str(value) for name, value in arguments.items()}
        super().__init__(text.format(**arguments))


class Stitch(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters of all stages, in the order of the stages (``STAGES`` says whose they are)."""

    detector: Annotated[
        Literal["sift", "orb"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Features"),
            description=QT_TRANSLATE_NOOP("recipe", "SIFT is more exact, ORB is faster."),
        ),
    ] = "sift"
    features: Annotated[
        int,
        declare(QT_TRANSLATE_NOOP("recipe", "Features per picture"), low=200, high=20000, soft_high=6000),
    ] = 2500
    megapixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size for matching"),
            low=0.05,
            high=12.0,
            soft_high=3.0,
            unit="Mpx",
            description=QT_TRANSLATE_NOOP("recipe", "Pictures are reduced to this many megapixels."),
        ),
    ] = 0.9
    ratio: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Nearest to second nearest"),
            low=0.3,
            high=0.95,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "A match counts if its distance is below this part of the second best (Lowe, 2004).",
            ),
        ),
    ] = 0.75
    tolerance: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tolerance"),
            low=0.3,
            high=20.0,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far a match may miss, in the reduced picture."),
        ),
    ] = 2.5
    model: Annotated[
        Literal["auto", "rotation", "flat"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Camera"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "A camera that turned on the spot, or something flat such as scans and murals."
            ),
        ),
    ] = "auto"
    straighten: Annotated[
        bool,
        declare(QT_TRANSLATE_NOOP("recipe", "Straighten the horizon"), when={"model": ("auto", "rotation")}),
    ] = True
    projection: Annotated[
        Literal["auto", "perspective", "cylindrical", "spherical"],
        declare(QT_TRANSLATE_NOOP("recipe", "Projection"), when={"model": ("auto", "rotation")}),
    ] = "auto"
    yaw: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Turn right"), low=-90.0, high=90.0, step=0.5, unit="°", when=TURNED,
            description=QT_TRANSLATE_NOOP("recipe", "Turns the panorama about its upright axis."),
        ),
    ] = 0.0  # fmt: skip
    pitch: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tilt down"), low=-60.0, high=60.0, step=0.25, unit="°", when=TURNED,
            description=QT_TRANSLATE_NOOP("recipe", "Brings the horizon up or down; in the middle it is straight."),
        ),
    ] = 0.0  # fmt: skip
    roll: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Roll"), low=-90.0, high=90.0, step=0.25, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Turns the picture clockwise, until the horizon is level."),
        ),
    ] = 0.0  # fmt: skip
    scale: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Scale"),
            low=0.05,
            high=2.0,
            soft_high=1.0,
            description=QT_TRANSLATE_NOOP("recipe", "1 keeps the size that things have in the pictures."),
        ),
    ] = 1.0
    exposure: Annotated[
        Literal["off", "gain", "channels", "blocks"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Exposure"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "One gain per picture, per picture and colour, or per part of a picture."
            ),
        ),
    ] = "channels"
    seams: Annotated[Literal["graph-cut", "middle"], declare(QT_TRANSLATE_NOOP("recipe", "Seams"))] = (
        "graph-cut"
    )
    seam_megapixels: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Size for seams"), low=0.01, high=0.6, unit="Mpx")
    ] = 0.08
    blend: Annotated[Literal["multi-band", "none"], declare(QT_TRANSLATE_NOOP("recipe", "Blending"))] = (
        "multi-band"
    )
    bands: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Bands"), low=1, high=7, when={"blend": ("multi-band",)})
    ] = 5
    border: Annotated[
        Literal["transparent", "crop", "fill"], declare(QT_TRANSLATE_NOOP("recipe", "Border"))
    ] = "transparent"
    sampling: Annotated[
        Literal["linear", "cubic", "lanczos"], declare(QT_TRANSLATE_NOOP("recipe", "Resampling"))
    ] = "cubic"


STAGES: dict[str, tuple[str, ...]] = {
    "features": ("detector", "features", "megapixels"),
    "matches": ("ratio", "tolerance"),
    "cameras": ("model", "straighten", "tolerance"),
    "warped": ("projection", "yaw", "pitch", "roll", "scale", "seam_megapixels"),
    "gains": ("exposure",),
    "seams": ("seams",),
    "panorama": ("blend", "bands", "border", "sampling"),
}
"""Which parameters each stage reads besides the value before it; the last one makes pixels and is not kept."""


class Source(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One picture: ``surface`` (premultiplied, encoded) inside ``rect``. ``name`` is told to the artist. ``digest``: of its
    pixels and place, where it is known already; ``id``: of the layer it is, if it is one."""

    name: str
    surface: Surface
    rect: Rect
    digest: str = ""
    id: str = ""

    @property
    def size(self) -> tuple[int, int]:
        return self.rect.width, self.rect.height


class Features(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Of one picture: ``points`` [n, 2] in its pixels, ``descriptors`` [n, d], ``small`` premultiplied float32 RGBA."""

    points: np.ndarray
    descriptors: np.ndarray
    small: np.ndarray
    size: tuple[int, int]

    @property
    def factor(self) -> float:
        """Small pixels per pixel."""
        return float(np.sqrt(self.small.shape[0] * self.small.shape[1] / (self.size[0] * self.size[1])))


class Pair(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Pictures ``first`` and ``second`` that show one thing: the matches that agree and their homography."""

    first: int
    second: int
    first_points: np.ndarray
    second_points: np.ndarray
    homography: np.ndarray


class Compared(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Two pictures that were compared: features that are each other's nearest, [n, 2] in the pixels of each, the strongest
    first; ``agrees`` [n] bool: those that one homography explains, none where the two show no one thing."""

    first: int
    second: int
    first_points: np.ndarray
    second_points: np.ndarray
    agrees: np.ndarray


class Matches(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``compared``: all pictures that were compared and have any match, ``pairs`` what came of them."""

    pairs: tuple[Pair, ...]
    matched: tuple[int, ...]
    unmatched: tuple[int, ...]
    compared: tuple[Compared, ...] = ()


class Cameras(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``project`` [n, 3, 3]: ray → homogeneous pixel, for the pictures ``matched``. ``focal``: pixels per unit of a ray.

    ``error``: root mean square distance of matches after the adjustment, px.
    """

    flat: bool
    matched: tuple[int, ...]
    project: np.ndarray
    sizes: tuple[tuple[int, int], ...]
    focal: float
    error: float


class Frame(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Where everything lies in the panorama. Panorama pixel (u, v) is the point ((u + left) / scale, (v + top) / scale)."""

    projection: str
    scale: float
    left: float
    top: float
    width: int
    height: int
    project: np.ndarray
    sizes: tuple[tuple[int, int], ...]
    rects: tuple[Rect, ...]


class Warped(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """All pictures in the panorama reduced by ``zoom``: premultiplied float32 RGBA at ``places``; alpha 0 is outside."""

    frame: Frame
    zoom: float
    pictures: tuple[np.ndarray, ...]
    places: tuple[Rect, ...]


class Gains(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Per picture a field [rows, columns, 3] spread over its rectangle; encoded colours are multiplied by it."""

    fields: tuple[np.ndarray, ...]


class Seams(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Per picture uint8 [h, w] at ``Warped.places``: 255 where it is shown.

    ``claims``: where it may be shown at full size, which is more at the edges of pictures. ``backdrop``: colours for
    ``fill``; ``inner``: the largest covered rectangle in panorama pixels.
    """

    masks: tuple[np.ndarray, ...]
    claims: tuple[np.ndarray, ...]
    backdrop: np.ndarray
    inner: Rect
