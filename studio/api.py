"""Danqing for Python users: the frozen values of the studio, without a window.

    from studio import api
    photo = api.open("photo.jpg")
    grainy = api.filter(photo, "gaussian-noise", sigma=0.08, seed=7)
    api.export(grainy, "grainy.png")

An :class:`~studio.document.artwork.Artwork` never changes; each function gives a new one. torch is imported by what
needs it: :func:`generate` and ``make("shanshui", …)``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from studio import recipe, synthesis
from studio.document import edits
from studio.document.artwork import SRGB, Artwork, Precision
from studio.document.errors import EditError
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS
from studio.filters.kind import finished
from studio.messages import landscape
from studio.messages.events import Event, Failed, Picture
from studio.messages.requests import Band, Generate, Part, Request, UseDevice
from studio.project import assembling, detailing, folder_pictures, load
from studio.project.options import ExportOptions
from studio.raster import colour
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from studio.synthesis import lending, likeness
from studio.synthesis.collage import Collage
from studio.synthesis.fusion import Fusion, mask_of
from studio.synthesis.maker import Maker
from studio.synthesis.photomosaic import Mosaic

if TYPE_CHECKING:
    from studio.engine.context import Context
    from studio.project.layered_set import LayerMask

LANDSCAPE_SIDES = (16, 4096)
PROJECT = ".danqing"
LAYERED = ".ora"


def _landscape(width: int, height: int, parameters: landscape.Landscape, seed: int) -> np.ndarray:
    low, high = LANDSCAPE_SIDES
    if not (low <= width <= high and low <= height <= high):
        raise recipe.RecipeError(f"size: a landscape has sides of {low} to {high} pixels")
    from studio.engine.datasets import make as rule

    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = rule.landscape(seed, width, height, parameters)
    return pixels


LANDSCAPE = Maker(
    name=landscape.NAME,
    version=landscape.VERSION,
    title=landscape.TITLE,
    description=landscape.DESCRIPTION,
    parameters=landscape.Landscape,
    make=_landscape,
)
"""The maker whose rule lives in the engine and needs torch."""
MAKERS: dict[str, Maker] = {**synthesis.MAKERS, LANDSCAPE.name: LANDSCAPE}
"""Everything that makes a picture from nothing, by name."""


def open(path: str | Path, *, allow_large: bool = False) -> Artwork:  # noqa: A001 - the word everyone looks for
    """A picture, an OpenRaster file or a project, told apart by content; 16 bits, ICC profile and EXIF are kept.

    Raises DecodeError or StoreError with a sentence that names the file and the remedy. ``allow_large``: more than 178
    megapixels are meant.
    """
    return load.open_any(path, allow_large=allow_large)


def new(
    width: int,
    height: int,
    *,
    background: tuple[float, float, float, float] | None = (1.0, 1.0, 1.0, 1.0),
    ppi: float = 300.0,
    precision: Precision = "float16",
) -> Artwork:
    """An empty picture; ``background`` is straight sRGB with alpha, 0–1, None is transparent. Raises EditError."""
    return edits.new_artwork(width, height, background=background, ppi=ppi, precision=precision)


def filter(  # noqa: A001
    artwork: Artwork, name: str, *, seed: int | None = None, like: Artwork | None = None, **parameters: Any
) -> Artwork:
    """``artwork`` under a live filter layer; ``parameters`` as ``FILTERS[name]`` declares them, the others taken from ``like``
    by ``colour-transfer``, ``histogram-match``, ``displace`` and ``lens-blur``. Raises RecipeError, EditError where ``like`` shows nothing."""
    kind = FILTERS.get(name)
    if kind is None:
        raise recipe.RecipeError(f"there is no filter {name}; known are: {', '.join(FILTERS)}")
    if seed is not None and "seed" in kind.parameters.__struct_fields__:
        parameters["seed"] = seed
    if like is not None:
        from studio.workspace import taking

        parameters = {**taking.at_once(name, like, artwork.colour_space), **parameters}
    values = recipe.from_plain(kind.parameters, parameters)
    layer = Filter(name=kind.title, recipe=recipe.store(kind.name, kind.version, values))
    top = artwork.layers[-1].id if artwork.layers else None
    return edits.add_layer(artwork, layer, above=top)


def filter_loop(
    artwork: Artwork, name: str, path: str | Path, *, frames: int, rate: int = 25,
    told: Callable[[float], None] | None = None, **parameters: Any,
) -> None:  # fmt: skip
    """As :func:`make_loop`, of ``artwork`` over white under a filter that changes with time. Raises RecipeError, ExportError."""
    from studio.workspace import filter_loops

    written = filter_loops.write(artwork, name, path, frames, rate, parameters, flatten)
    finished((number / frames for number in written), told)


def resize(artwork: Artwork, width: int, height: int, kernel: str = "lanczos") -> Artwork:
    """Every layer at another size, as *Image size* makes it. ``kernel``: one of ``studio.raster.rescale.KERNELS``.

    Raises RecipeError for a size or kernel that is not possible.
    """
    from studio.raster.rescale import KERNELS
    from studio.workspace import reshaping

    if kernel not in KERNELS:
        raise recipe.RecipeError(f"there is no kernel {kernel}; known are: {', '.join(KERNELS)}")
    try:
        return reshaping.finished(reshaping.resized(artwork, width, height, kernel))
    except EditError as error:
        raise recipe.RecipeError(str(error)) from None


def heal(
    artwork: Artwork,
    mask: np.ndarray,
    method: str = "patchmatch",
    *,
    sampled: np.ndarray | None = None,
    progress: Callable[[float], None] | None = None,
    **parameters: Any,
) -> Artwork:
    """The flattened picture with what ``mask`` [height, width], 0–1, marks repaired, as one layer.

    ``method`` is one of ``studio.synthesis.heal.METHODS``; ``sampled`` [height, width]: what may be taken from, None is
    everything. Pixels outside the mask stay as they are. Raises RecipeError, and EditError for a mask that cannot be used.
    """
    from studio.synthesis.heal import METHODS
    from studio.synthesis.problems import HealError

    kind = METHODS.get(method)
    if kind is None:
        raise recipe.RecipeError(recipe.NO_CHOICE, name="method", value=method, known=", ".join(METHODS))
    values = recipe.from_plain(kind.parameters, parameters)
    work = kind.repair(flatten(artwork), mask, values, sampled)
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            pixels = end.value
            break
        except HealError as error:
            raise EditError(error.text) from None
        if progress is not None and isinstance(done, float):
            progress(done)
    surface = Surface.from_pixels(colour.as_type(pixels, artwork.dtype))
    layer = Paint(name=kind.title, surface=surface)
    return artwork.with_(layers=(layer,), active=layer.id, selection=None)


def rework(
    artwork: Artwork,
    way: str,
    /,
    *,
    keep: np.ndarray | None = None,
    remove: np.ndarray | None = None,
    progress: Callable[[float], None] | None = None,
    **parameters: Any,
) -> Artwork:
    """The flattened picture made anew from itself, as one layer, whatever its new size.

    ``way`` is one of ``studio.synthesis.rework.WAYS``; ``keep`` and ``remove`` [height, width], 0–1, say what stays and what
    goes. Raises RecipeError, and EditError for masks that cannot be used.
    """
    from studio.synthesis.problems import HealError
    from studio.synthesis.rework import WAYS, checked

    kind = WAYS.get(way)
    if kind is None:
        raise recipe.RecipeError(recipe.NO_CHOICE, name="way", value=way, known=", ".join(WAYS))
    values = recipe.from_plain(kind.parameters, parameters)
    pixels = flatten(artwork)
    try:
        for mask in (keep, remove):
            checked(mask, pixels)
        work = kind.make(pixels, values, keep, remove)
        while True:
            try:
                done = next(work)
            except StopIteration as end:
                made = end.value
                break
            if progress is not None and isinstance(done, float):
                progress(done)
    except HealError as error:
        raise EditError(error.text) from None
    surface = Surface.from_pixels(colour.as_type(np.ascontiguousarray(made), artwork.dtype))
    layer = Paint(name=kind.title, surface=surface)
    height, width = made.shape[:2]
    return artwork.with_(width=width, height=height, layers=(layer,), active=layer.id, selection=None)


def fuse(
    name: str,
    artworks: Sequence[Artwork],
    *,
    mask: Artwork | None = None,
    names: Sequence[str] = (),
    told: Callable[[float], None] | None = None,
    **parameters: Any,
) -> Artwork:
    """One picture of several, the lowest first, flattened: a method of ``studio.synthesis.fuse.FUSIONS``.

    The result is in the first one's colour space, in float32 where one of them is or values above 1 may come (``hdr``).
    ``hdr`` without ``times`` takes those that the cameras wrote into the files, where all have. ``mask``: its lightness
    says where the upper ones count. ``names``: what they are called in errors. ``told`` hears the
    part done, 0–1, and may raise. Raises RecipeError, FuseError.
    """
    from studio.project import exposures
    from studio.synthesis.fuse import FUSIONS
    from studio.synthesis.hdr import Series
    from studio.workspace import colours

    fusion = FUSIONS.get(name)
    if fusion is None:
        raise recipe.RecipeError(f"there is no method {name}; known are: {', '.join(FUSIONS)}")
    values = recipe.from_plain(fusion.parameters, parameters)
    if isinstance(values, Series) and not values.times.strip():
        told_times = exposures.times_of([one.metadata.get("exif", b"") for one in artworks])
        if told_times is not None:
            values = msgspec.structs.replace(values, times=", ".join(f"{one:.9g}" for one in told_times))
    space = artworks[0].colour_space if artworks else SRGB
    pictures = [colours.pixels_between(flatten(one), one.colour_space, space) for one in artworks]
    shape = None if mask is None else mask_of(flatten(mask))
    maps = _maps(pictures, fusion, told) if fusion.engine and len(pictures) >= fusion.least else ()
    steps = fusion.fuse(pictures, values, shape, names=names, maps=maps)
    pixels = finished(steps, told)
    deep = name == "hdr" or any(one.precision == "float32" for one in artworks)
    height, width = pixels.shape[:2]
    surface = Surface.from_pixels(colour.as_type(pixels, np.float32 if deep else np.float16))
    return edits.from_picture(
        surface,
        width,
        height,
        name=fusion.title,
        colour_space=space,
        ppi=artworks[0].ppi,
        source_bits=16 if deep else 8,
    )


def _maps(
    pictures: Sequence[np.ndarray], fusion: Fusion, told: Callable[[float], None] | None
) -> tuple[np.ndarray, ...]:
    """What the engine makes of each picture, in this process. Raises FuseError without an engine, EngineError."""
    from studio.synthesis.fusion import NO_ENGINE, FuseError
    from studio.workspace import asking, fusing

    if importlib.util.find_spec("torch") is None or importlib.util.find_spec("safetensors") is None:
        raise FuseError(NO_ENGINE, name=fusion.name)
    from studio.engine.context import Context

    context = Context()

    def answer(ask_: asking.Ask) -> None:
        for event in _events(ask_.request, context):
            ask_.hear(event)
        ask_.over.set()

    heard = told or (lambda _part: None)
    return tuple(
        asking.driven(fusing.map_of(one, fusion), answer, lambda _part: heard(0.0)) for one in pictures
    )


def make(
    name: str, width: int, height: int, *, seed: int = 0, precision: Precision = "float16", **parameters: Any
) -> Artwork:
    """A picture from a rule: one of ``MAKERS``; what has a size and a place of its own fills it unless they are given.

    Raises RecipeError.
    """
    if width < 1 or height < 1 or width * height > edits.MAX_PIXELS:
        raise recipe.RecipeError(f"size: {width}x{height} is not possible; from 1x1 to 1000 megapixels")
    maker = MAKERS.get(name)
    if maker is None:
        raise recipe.RecipeError(f"there is no maker {name}; known are: {', '.join(MAKERS)}")
    values = recipe.from_plain(maker.parameters, parameters)
    if maker.fitted is not None:
        whole = maker.fitted(values, width, height)
        given = {name: getattr(values, name) for name in parameters}
        values = msgspec.structs.replace(whole, **given)
    pixels = maker.make(width, height, values, seed)
    surface = Surface.from_pixels(colour.as_type(colour.premultiply(pixels), np.dtype(precision)))
    return edits.from_picture(surface, width, height, name=name)


def make_loop(
    name: str, path: str | Path, width: int, height: int, *, frames: int, rate: int = 25, seed: int = 0,
    told: Callable[[float], None] | None = None, **parameters: Any,
) -> None:  # fmt: skip
    """Writes ``frames`` pictures along a rule's third axis, of which the last leads into the first: ``.webp``, ``.apng``, ``.gif``,
    ``.mp4``, ``.webm``, or numbered ``.png`` files. Raises RecipeError, ExportError."""
    from studio.project import animation

    shown = animation.turned(name, width, height, parameters, frames, seed)
    written = animation.write_animation(path, shown, width, height, rate)
    finished((number / frames for number in written), told)


def noise_like(
    sample: Artwork, width: int, height: int, *, seed: int = 0, precision: Precision = "float16"
) -> Artwork:
    """Noise with the mean, the colour covariance and the power spectrum of a picture; it repeats without a seam.

    Raises RecipeError for a size that is not possible, ValueError for a sample below 8 × 8 or wholly transparent.
    """
    if width < 1 or height < 1 or width * height > edits.MAX_PIXELS:
        raise recipe.RecipeError(f"size: {width}x{height} is not possible; from 1x1 to 1000 megapixels")
    measured = likeness.measure(colour.unpremultiply(flatten(sample)))
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = likeness.synthesise(measured, width, height, seed)
    surface = Surface.from_pixels(colour.as_type(pixels, np.dtype(precision)))
    return edits.from_picture(surface, width, height, name="noise", colour_space=sample.colour_space)


def stitch(
    pictures: Sequence[str | Path],
    *,
    layered: bool = False,
    allow_large: bool = False,
    progress: Callable[[str, float], None] | None = None,
    **parameters: Any,
) -> tuple[Artwork, tuple[str, ...]]:
    """(panorama, names of pictures that overlap with none) of two to forty picture files.

    ``layered``: a group of the warped pictures with their seams as masks below the blended one, else one layer.
    ``progress`` hears what is done and which part of all. ``parameters`` as ``stitch_values.Stitch`` declares them. Raises
    StitchError, RecipeError, DecodeError, StoreError.
    """
    from studio.synthesis import stitch as stages
    from studio.synthesis.stitch_values import Stitch
    from studio.workspace import stitching

    values = recipe.from_plain(Stitch, parameters)
    first: Artwork | None = None
    sources = []
    for path in pictures:
        artwork = open(path, allow_large=allow_large)
        first = first or artwork.with_(layers=())
        sources.append(stitching.source_of(artwork, Path(path).name, first, flatten))

    def told(step: tuple[str, float]) -> None:
        if progress is not None:
            progress(step[0], stages.whole_part(*step))

    plan = finished(stages.planned(sources, values), told)
    del sources
    canvas = first or new(1, 1)
    warped = finished(stages.layered(plan, values, canvas.dtype), told) if layered else ()
    blended = finished(stages.composed(plan, values, canvas.dtype), told)
    made = stitching.as_picture(canvas, plan, values, warped, blended)
    return made, plan.unmatched


def ask(request: Request, *, device: str = "auto", context: Context | None = None) -> Iterator[Event]:
    """The events of an engine request, worked on in this process as they are taken; closing it cancels.

    ``context`` keeps loaded models from one request to the next. Raises EngineError where the engine answers Failed."""
    from studio.engine.context import Context

    context = context or Context()
    for part in (request,) if device == "auto" else (UseDevice(device=device), request):
        yield from _events(part, context)


def _events(request: Request, context: Context) -> Iterator[Event]:
    from studio.engine.failures import EngineError
    from studio.engine.run import run

    for event in run(request, context):
        if isinstance(event, Failed):
            raise EngineError(event.kind, event.message, file=event.file, **event.arguments)
        yield event


def generate(
    model: str = "shanshui-gan",
    count: int = 1,
    *,
    seed: int = 1,
    sliders: Mapping[str, float] | None = None,
    label: str = "",
    toward: str = "",
    blend: float = 0.5,
    variety: float = 0.7,
    varieties: Mapping[Band, float] | None = None,
    parts: Sequence[Part] = (),
    size: int = 512,
    detail: int = 0,
    device: str = "auto",
) -> tuple[Artwork, ...]:
    """``count`` pictures of ``model`` (a name or a safetensors file) from the seeds ``seed``, ``seed + 1``, …

    Each is an artwork with a generated layer, whose sliders stay alive in the studio. ``sliders``: amount per direction
    in standard deviations. ``label``: one of the model's classes; ``toward``: another, ``blend`` 0–1 on the way there.
    ``parts``: one picture made of several (``Part(seed=3, weight=0.5)``, …); ``varieties``: of bands of layers. ``detail``: 1 or 2 for 4 or 16 times the
    pixels a side that the model draws. Raises EngineError, ModelFileError."""
    from studio.engine.library.catalog import Catalog
    from studio.workspace.results import generated_layer, variant_of

    entry, seed = Catalog().find(model), parts[0].seed if parts else seed
    request = Generate(
        model=model, digest=entry.digest, seeds=tuple(range(seed, seed + count)), sliders=dict(sliders or {}), label=label,
        variety=variety, size=size, toward=toward, blend=blend if toward else 0.0, parts=tuple(parts), varieties=dict(varieties or {}), detail=detail,
    )  # fmt: skip
    named = msgspec.structs.replace(request, model=entry.card.name)
    made = []
    for event in ask(request, device=device):
        if isinstance(event, Picture):
            canvas = Artwork(width=event.pixels.shape[1], height=event.pixels.shape[0])
            variant = variant_of(event, request, canvas)
            layer = generated_layer(canvas, named, variant, entry.card.title, "canvas")
            made.append(edits.add_layer(canvas, layer))
    return tuple(made)


def render(artwork: Artwork, *, bits: int = 8) -> np.ndarray:
    """The flattened picture: straight RGBA [height, width, 4], uint8, or uint16 for ``bits`` = 16."""
    return (colour.to_straight16 if bits == 16 else colour.to_straight8)(flatten(artwork))


def mosaic(
    picture: Artwork,
    folder: str | Path,
    *,
    without: Sequence[str | Path] = (),
    allow_large: bool = False,
    told: Callable[[float], None] | None = None,
    **parameters: Any,
) -> assembling.Assembled:
    """The picture put together from the pictures of a folder, and the files that could not be opened.

    ``without``: files of the folder that are no candidates. ``told``: gets the part done, 0–1; raises to stop.
    Raises DecodeError without such a folder, RecipeError for values outside their range or without any candidate.
    """
    values = recipe.from_plain(Mosaic, parameters)
    files = folder_pictures.files_of(folder, without)
    return finished(assembling.mosaic(picture, files, flatten, values, allow_large=allow_large), told)


def collage(
    folder: str | Path,
    *,
    without: Sequence[str | Path] = (),
    allow_large: bool = False,
    told: Callable[[float], None] | None = None,
    **parameters: Any,
) -> assembling.Assembled:
    """The pictures of a folder on one sheet, and the files that could not be opened; as :func:`mosaic`."""
    values = recipe.from_plain(Collage, parameters)
    files = folder_pictures.files_of(folder, without)
    return finished(assembling.collage(files, flatten, values, allow_large=allow_large), told)


def folder_detail(
    picture: Artwork,
    folder: str | Path,
    *,
    without: Sequence[str | Path] = (),
    mask: Artwork | None = None,
    allow_large: bool = False,
    told: Callable[[float], None] | None = None,
    **parameters: Any,
) -> assembling.Assembled:
    """The flattened picture, one that was enlarged, with fine detail of those pictures of a folder that resemble it most.

    ``mask``: its lightness says where. The rest as :func:`mosaic`; RecipeError where no picture can lend detail.
    """
    values = recipe.from_plain(lending.FolderDetail, parameters)
    files = folder_pictures.files_of(folder, without)
    shape = None if mask is None else mask_of(flatten(mask))
    return finished(detailing.detailed(picture, files, flatten, values, shape, allow_large=allow_large), told)


def flatten(artwork: Artwork) -> np.ndarray:
    """The flattened picture: premultiplied float32 [height, width, 4] in the artwork's colour space."""
    return _ready(artwork).flatten(artwork)


def _ready(artwork: Artwork) -> Renderer:
    """A renderer in which the filters of ``artwork`` that need the whole picture have been at work."""
    from studio.workspace.engine_filters import answered

    renderer = Renderer(engine=answered(ask))
    for job in renderer.whole_jobs(artwork):
        for _ in job.steps:
            pass
    return renderer


def layer_masks(artwork: Artwork) -> tuple[list[LayerMask], np.ndarray]:
    """What each visible layer with content of its own covers, from the bottom to the top, at most 255 of them; and the
    label map uint8 [height, width, 3]: 0 or the number, from 1 on, of the topmost one that covers half a pixel."""
    from studio.project import layered_set

    labels = np.zeros((artwork.height, artwork.width, 3), np.uint8)
    return list(layered_set.layer_masks(artwork, render, labels)), labels


def whiteness(artwork: Artwork) -> np.ndarray:
    """How white the flattened picture is, float32 [height, width], 0–1, as masks are read; what is transparent is not."""
    return flatten(artwork)[..., :3] @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def export(artwork: Artwork, path: str | Path, **options: Any) -> None:
    """Writes the flattened picture: PNG, JPEG, TIFF or WebP by the ending, or its layers as OpenRaster (``.ora``).

    ``options`` are those of ``ExportOptions`` (``bits``, ``quality``, ``lossless``, ``profile``, ``metadata`` …); 16 bits
    where the source has them and the format can. OpenRaster has none of them and keeps the picture's colour space. The
    old file stays until the new one is whole. Raises ExportError, RecipeError.
    """
    wanted = recipe.from_plain(ExportOptions, options)
    if Path(path).suffix.lower() == LAYERED:
        from studio.project.ora_write import write_ora

        if wanted.profile != "keep":
            raise recipe.RecipeError(f"profile: {LAYERED} keeps the picture's colour space")
        write_ora(artwork, flatten, path)
        return
    from studio.project.export import export_artwork

    ready: list[Renderer] = []

    def draw(one: Artwork, take: Callable[[Rect, np.ndarray], None], part: Rect) -> None:
        if not ready:
            ready.append(_ready(one))
        ready[0].draw(one, take, part)

    export_artwork(artwork, flatten, path, wanted, draw)


def layer(artwork: Artwork, name: str) -> Artwork:
    """The picture with the topmost layer of this name alone: opaque, in mode normal, with its mask. Raises EditError."""
    from studio.workspace.layer_export import layer_alone, named

    return layer_alone(artwork, named(artwork, name))


def export_layer(artwork: Artwork, name: str, path: str | Path, **options: Any) -> None:
    """Exports the topmost layer of this name alone; one that holds values keeps its numbers: 16 bits, no profile, no mark.

    Raises EditError, ExportError, RecipeError.
    """
    from studio.project.export import export_artwork
    from studio.workspace.layer_export import as_numbers, named

    if Path(path).suffix.lower() == LAYERED:
        export(layer(artwork, name), path, **options)
        return
    wanted = recipe.from_plain(ExportOptions, options)
    found = artwork.find(named(artwork, name))
    if found is not None and found.data:
        wanted = as_numbers(wanted)
    export_artwork(layer(artwork, name), flatten, path, wanted)


def save(artwork: Artwork, path: str | Path) -> None:
    """Writes the picture with its layers: a project (``.danqing``) or OpenRaster (``.ora``); other endings are exported.

    Raises ExportError or StoreError; what stood there before is then unchanged.
    """
    if Path(path).suffix.lower() == PROJECT:
        from studio.workspace.project_saving import save_project

        save_project(artwork, path)
    else:
        export(artwork, path)
