"""The layer union. Every layer is frozen; a change makes a new one by ``msgspec.structs.replace``."""

from __future__ import annotations

import uuid
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from studio.messages.requests import Band, Part, Station
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.raster.warp import Warp
from studio.recipe import Stored

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, tx, ty): x' = a·x + c·y + tx, y' = b·x + d·y + ty, from layer to document pixels."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def new_id() -> str:
    return uuid.uuid4().hex[:12]


def is_integer_move(transform: Affine) -> bool:
    """True when the transform only moves by whole pixels, which costs nothing."""
    return transform[:4] == IDENTITY[:4] and transform[4].is_integer() and transform[5].is_integer()


def joined(outer: Affine, inner: Affine) -> Affine:
    """The transform that applies ``inner`` first, then ``outer``."""
    if outer == IDENTITY:
        return inner
    a, b, c, d, tx, ty = outer
    ia, ib, ic, id_, ix, iy = inner
    return (
        a * ia + c * ib,
        b * ia + d * ib,
        a * ic + c * id_,
        b * ic + d * id_,
        a * ix + c * iy + tx,
        b * ix + d * iy + ty,
    )


def inverse(transform: Affine) -> Affine:
    """The transform back. One that flattens everything has none: it is taken as a move."""
    a, b, c, d, tx, ty = transform
    determinant = a * d - b * c
    if not determinant:
        return 1.0, 0.0, 0.0, 1.0, -tx, -ty
    # + 0.0: no negative zeros, which would be written to files
    ia, ib, ic, id_ = d / determinant, -b / determinant + 0.0, -c / determinant + 0.0, a / determinant
    return ia, ib, ic, id_, -(ia * tx + ic * ty) + 0.0, -(ib * tx + id_ * ty) + 0.0


class Locks(msgspec.Struct, frozen=True, kw_only=True):
    all: bool = False
    alpha: bool = False
    position: bool = False


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """Keyframes of one animatable property: (frame, value) pairs in ascending order, ``ease`` between them."""

    keys: tuple[tuple[int, float], ...]
    ease: str = "linear"


class Layer(msgspec.Struct, frozen=True, eq=False, kw_only=True, weakref=True):
    """What every layer has. Layers are compared by identity.

    ``warp``: perspective and meshes between layer space and ``transform``, which comes last. Both move the layer's pixels
    and its mask; a group's warp moves its mask alone, its children have their own.
    ``opacity`` 0–1. ``mask`` in layer space. ``clipping``: uses the alpha of
    the first layer below that is not clipped. ``tracks`` by property name. ``label``: colour label 0–8, 0 is none.
    ``data``: its numbers are values (normals, heights …), no colours; of a group, those of all in it. No colour space and no
    dither changes them. ``link``: layers of one link, where it is not empty, are moved and transformed together.
    """

    id: str = msgspec.field(default_factory=new_id)
    name: str = ""
    visible: bool = True
    opacity: float = 1.0
    mode: str = "normal"
    mask: Mask | None = None
    mask_enabled: bool = True
    clipping: bool = False
    locks: Locks = Locks()
    transform: Affine = IDENTITY
    warp: Warp = ()
    effects: tuple[Stored, ...] = ()
    tracks: dict[str, Track] = msgspec.field(default_factory=dict)
    label: int = 0
    fill_reference: bool = False
    data: bool = False
    link: str = ""

    def with_(self, **changes: Any) -> Any:
        """The same layer with these fields changed."""
        return replace(self, **changes)


class Paint(Layer, frozen=True, eq=False, kw_only=True):
    surface: Surface


class Group(Layer, frozen=True, eq=False, kw_only=True):
    """``children`` from bottom to top. ``pass_through``: they blend with what lies below the group."""

    children: tuple[Layer, ...] = ()
    pass_through: bool = False
    collapsed: bool = False


class Fill(Layer, frozen=True, eq=False, kw_only=True):
    """A colour, gradient or noise over the whole canvas, from its recipe (``fill-colour``, ``gaussian-noise`` …)."""

    recipe: Stored


class Filter(Layer, frozen=True, eq=False, kw_only=True):
    """Replaces its backdrop B inside its group: out = B + o·m·(F(B) − B).

    ``result``: kept pixels of a whole or engine filter, shown until it has been computed again.
    """

    recipe: Stored
    result: Surface | None = None


class Text(Layer, frozen=True, eq=False, kw_only=True):
    """``text`` with newlines between paragraphs, set in ``style`` about the layer's origin. ``language``: whose forms
    ideographs take. ``cache``: its pixels, which stay right where a font is missing; None until they are drawn."""

    text: str
    style: TextStyle = msgspec.field(default_factory=TextStyle)
    language: str = "en"
    cache: Surface | None = None


class Shape(Layer, frozen=True, eq=False, kw_only=True):
    """``path``: SVG path data in layer pixels; ``style``: fill, stroke, width."""

    path: str
    style: dict[str, Any] = msgspec.field(default_factory=dict)
    cache: Surface | None = None


class Linked(Layer, frozen=True, eq=False, kw_only=True):
    """A picture file elsewhere; ``surface`` is what it looked like when it was last read."""

    path: str
    digest: str
    surface: Surface


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One of the variants that another was made of: its id, its share, and what it was then, whatever became of it since.
    ``band``: of these layers alone."""

    id: str
    weight: float
    at: Station
    band: Band | Literal[""] = ""


class Variant(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One result inside a generated layer: what makes it again, and its native pixels (width × height).

    ``label``, ``toward``, ``blend``, ``varieties``, ``vectors``, ``parts``: its model's class, and others that it is made of, as a
    request names them.
    ``origins``: the variants that its parts were taken from. ``real_size``: pixels a side that the model drew; ``detail``: how many times
    over the detail network ``detail_digest`` then made four of each.
    """

    id: str = msgspec.field(default_factory=new_id)
    seed: int
    sliders: dict[str, float] = msgspec.field(default_factory=dict)
    variety: float = 0.7
    label: str = ""
    toward: str = ""
    blend: float = 0.0
    varieties: dict[Band, float] = msgspec.field(default_factory=dict)
    vectors: dict[str, bytes] = msgspec.field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    origins: tuple[Origin, ...] = ()
    latent: bytes = b""
    checkpoint: str = ""
    surface: Surface
    width: int
    height: int
    real_size: int = 0
    detail: int = 0
    detail_digest: str = ""
    star: bool = False


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A wall of nine pictures and what was marked. ``points``: int8 [9, directions], amounts in 1/32 of a standard deviation;
    ``marks``: of each 1 for liked, −1 for not, 0 for neither."""

    points: bytes
    marks: tuple[int, ...]


class Taste(msgspec.Struct, frozen=True, kw_only=True):
    """What was marked around the picture ``base`` along the directions ``names``; ``seed`` is that of all chance in it."""

    names: tuple[str, ...]
    base: Station
    seed: int
    rounds: tuple[Round, ...] = ()


class Generated(Layer, frozen=True, eq=False, kw_only=True):
    """Pictures of one model; ``variants[chosen]`` is shown. ``transform`` scales native pixels to the document.

    ``recipe`` is ``generate@1`` with the panel's values; ``dropped`` is the tray that undo (or the artist) empties back. ``taste``:
    what the artist marked on walls of nine, None where nothing.
    """

    recipe: Stored
    model: str
    model_digest: str = ""
    variants: tuple[Variant, ...] = ()
    chosen: int = 0
    dropped: tuple[Variant, ...] = ()
    taste: Taste | None = None

    @property
    def variant(self) -> Variant | None:
        return self.variants[self.chosen] if self.variants else None


class Derived(Layer, frozen=True, eq=False, kw_only=True):
    """Pixels made from ``children`` by a recipe: stacks, panoramas. ``surface`` is the kept result."""

    recipe: Stored
    children: tuple[Layer, ...] = ()
    surface: Surface


class Unknown(Layer, frozen=True, eq=False, kw_only=True):
    """A kind that this version does not know: kept as raw bytes, shown from its cached pixels, locked."""

    kind: str
    raw: bytes
    surface: Surface


AnyLayer = Paint | Group | Fill | Filter | Text | Shape | Linked | Generated | Derived | Unknown


def pixels_of(layer: Layer) -> Surface | None:
    """The layer's own pixels in layer space, or None for kinds that are computed (group, fill, filter)."""
    if isinstance(layer, Generated):
        return layer.variant.surface if layer.variant else None
    if isinstance(layer, Text | Shape):
        return layer.cache
    if isinstance(layer, Paint | Linked | Derived | Unknown):
        return layer.surface
    return None


def children_of(layer: Layer) -> tuple[Layer, ...]:
    return layer.children if isinstance(layer, Group | Derived) else ()
