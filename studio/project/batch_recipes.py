"""What a batch does to each picture: filters, and what else there is to do before a picture is written, in JSON.

A file is a list as :mod:`studio.project.filter_recipes` has it. Beside filters it may hold, each told by its ``do``,
``{"do": "resize", "longest": 2048}``, ``{"do": "fuse", "method": "blend", "with": "paper.png", "parameters": {"mode": "multiply"}}``,
``{"do": "heal", "mask": "stamp.png", "method": "telea"}``, ``{"do": "rework", "way": "seamless", "parameters": {"band": 48}}`` and, last,
``{"do": "export", "format": "jpg", "quality": 85}``. They are done in their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from studio import recipe
from studio.project import filter_recipes
from studio.project.export import FORMATS
from studio.project.filter_recipes import Step
from studio.project.options import ExportOptions
from studio.raster.rescale import KERNELS
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.heal import METHODS
from studio.synthesis.rework import WAYS

Struct = TypeVar("Struct", bound=msgspec.Struct)
Made = TypeVar("Made", "Fuse", "Heal", "Rework")
_Side = Annotated[int, msgspec.Meta(ge=0, le=30000)]
Profile = Literal["keep", "sRGB", "Display P3", "Adobe RGB (1998)", "Linear sRGB", "none"]


class Resize(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is seen, at another size: by its ``longest`` side, in ``percent``, or by ``width`` and ``height`` in pixels, of which
    one alone keeps the proportions; 0 says nothing. ``enlarge`` false: what is smaller already stays as large as it is."""

    longest: _Side = 0
    percent: Annotated[float, msgspec.Meta(ge=0, le=3200)] = 0.0
    width: _Side = 0
    height: _Side = 0
    kernel: str = "lanczos"
    enlarge: bool = True

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The new size of a picture of ``width`` × ``height``."""
        across, down = self.width, self.height
        if self.longest or self.percent:
            scale = self.longest / max(width, height) if self.longest else self.percent / 100
            across, down = round(width * scale), round(height * scale)
        across, down = across or round(width * down / height), down or round(height * across / width)
        if not self.enlarge and (across >= width or down >= height):
            return width, height
        return max(1, across), max(1, down)


class Fuse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"other": "with"}):
    """The picture and ``other`` made one by a method of ``FUSIONS``; that one is scaled to the picture's size where the method
    wants equal ones. ``under``: it lies below. ``mask``: a picture whose lightness says where the upper one counts. Both are
    paths from the recipe's folder; read, they are absolute."""

    method: str
    other: str
    mask: str = ""
    under: bool = False
    parameters: dict[str, Any] = {}


class Heal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is white in the picture ``mask``, filled from its surroundings by a method of ``METHODS``; ``sample``: a picture that is
    white where may be taken from. Both are scaled to each picture; paths are those of :class:`Fuse`."""

    mask: str
    method: str = "patchmatch"
    sample: str = ""
    parameters: dict[str, Any] = {}


class Rework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The picture made anew from itself by a way of ``WAYS``; ``keep`` and ``remove``: pictures that are white where it stays and
    where it goes first, scaled to each picture; paths are those of :class:`Fuse`."""

    way: str
    keep: str = ""
    remove: str = ""
    parameters: dict[str, Any] = {}


class Export(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How each picture is written; ``format`` empty: that of the picture. The others as in :class:`ExportOptions`."""

    format: str = ""
    bits: Literal[0, 8, 16] = 0
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] = 92
    lossless: bool = False
    profile: Profile = "keep"
    metadata: bool = True

    @property
    def options(self) -> ExportOptions:
        return ExportOptions(
            bits=self.bits, quality=self.quality, lossless=self.lossless, profile=self.profile, metadata=self.metadata
        )  # fmt: skip

    @property
    def ending(self) -> str:
        return f".{self.format.lower().lstrip('.')}" if self.format else ""


More = Resize | Fuse | Heal | Rework
"""What is more than a filter."""
Work = Step | More
_TOLD: dict[type, str] = {Resize: "resize", Fuse: "fuse", Heal: "heal", Rework: "rework"}
_PATHS: dict[type, tuple[str, ...]] = {
    Fuse: ("other", "mask"),
    Heal: ("mask", "sample"),
    Rework: ("keep", "remove"),
}
"""Fields that name pictures."""


class BatchRecipe(msgspec.Struct, frozen=True, kw_only=True):
    """``work`` is done in its order, then the picture is written as ``export`` says (None: as it is asked for)."""

    work: tuple[Work, ...] = ()
    export: Export | None = None


def read(path: str | Path) -> BatchRecipe:
    """The checked recipe of a file, every parameter filled in. Raises DecodeError with a sentence that names the file."""
    path = Path(path)
    return filter_recipes.read_checked(
        path,
        lambda data: _checked(msgspec.json.decode(data, type=list[dict[str, Any]]), path.resolve().parent),
    )


def _checked(parts: Sequence[dict[str, Any]], folder: Path) -> BatchRecipe:
    """Raises RecipeError, or msgspec.DecodeError where a part does not have the form of its kind."""
    work: list[Work] = []
    export: Export | None = None
    for part in parts:
        if export is not None:
            raise recipe.RecipeError("export has to be the last")
        plain = dict(part)
        do = plain.pop("do", None)
        if do is None:
            work += filter_recipes.checked((_converted(plain, Step),))
        elif do == "resize":
            work.append(_resize(_converted(plain, Resize)))
        elif do == "fuse":
            work.append(_fuse(_converted(plain, Fuse), folder))
        elif do == "heal":
            work.append(_heal(_converted(plain, Heal), folder))
        elif do == "rework":
            work.append(_rework(_converted(plain, Rework), folder))
        elif do == "export":
            export = _converted(plain, Export)
            if export.format and export.ending not in FORMATS:
                raise recipe.RecipeError("there is no format {name}", name=export.format)
        else:
            raise recipe.RecipeError("there is nothing to do that is called {name}", name=do)
    return BatchRecipe(work=tuple(work), export=export)


def _converted(plain: dict[str, Any], kind: type[Struct]) -> Struct:
    return msgspec.convert(plain, recipe.described(kind))


def _resize(part: Resize) -> Resize:
    ways = (part.longest > 0, part.percent > 0, part.width > 0 or part.height > 0)
    if sum(ways) != 1:
        raise recipe.RecipeError("resize needs longest, percent, or width and height, and only one of them")
    if part.kernel not in KERNELS:
        raise recipe.RecipeError("there is no kernel {name}", name=part.kernel)
    return part


def _fuse(part: Fuse, folder: Path) -> Fuse:
    fusion = FUSIONS.get(part.method)
    if fusion is None:
        raise recipe.RecipeError("there is no method {name}", name=part.method)
    if fusion.least > 2:
        raise recipe.RecipeError("{name} needs more than two pictures", name=part.method)
    if part.mask and not fusion.masked:
        raise recipe.RecipeError("{name} takes no mask", name=part.method)
    return _complete(part, fusion.parameters, folder, needed="other")


def _heal(part: Heal, folder: Path) -> Heal:
    kind = METHODS.get(part.method)
    if kind is None:
        raise recipe.RecipeError("there is no method {name}", name=part.method)
    return _complete(part, kind.parameters, folder, needed="mask")


def _rework(part: Rework, folder: Path) -> Rework:
    kind = WAYS.get(part.way)
    if kind is None:
        raise recipe.RecipeError("there is no way {name}", name=part.way)
    for name, takes in (("keep", kind.keeps), ("remove", kind.removes)):
        if getattr(part, name) and not takes:
            raise recipe.RecipeError("{name} takes no mask with {option}", name=part.way, option=name)
    return _complete(part, kind.parameters, folder)


def _complete(part: Made, parameters: type[msgspec.Struct], folder: Path, needed: str = "") -> Made:
    """With absolute paths and every parameter. Raises RecipeError where a picture is missing or a value is wrong."""
    found = {}
    for name in _PATHS[type(part)]:
        told = getattr(part, name)
        found[name] = str(folder / told) if told else ""
        if (told or name == needed) and not Path(found[name]).is_file():
            raise recipe.RecipeError("there is no picture {name}", name=told)
    values = recipe.from_plain(parameters, part.parameters)
    return msgspec.structs.replace(part, **found, parameters=msgspec.to_builtins(values))


def plain_of(work: Sequence[Work]) -> tuple[dict[str, Any], ...]:
    """The work as a recipe file has it."""
    return tuple(
        {**({"do": _TOLD[type(one)]} if type(one) in _TOLD else {}), **msgspec.to_builtins(one)}
        for one in work
    )


def digest(done: BatchRecipe) -> str:
    """32 hexadecimal digits that identify what is done, the pictures that it names among it; of filters alone the same as
    :func:`studio.project.filter_recipes.digest`. Raises OSError where such a picture cannot be read."""
    steps = [one for one in done.work if isinstance(one, Step)]
    if len(steps) == len(done.work) and done.export is None:
        return filter_recipes.digest(steps)
    pictures = [_content(getattr(one, name)) for one in done.work for name in _PATHS.get(type(one), ())]
    # what the pictures hold counts, not where they lie
    work = [msgspec.structs.replace(one, **dict.fromkeys(_PATHS.get(type(one), ()), "")) for one in done.work]
    export = None if done.export is None else msgspec.to_builtins(done.export)
    plain = [plain_of(work), pictures, export]
    return hashlib.blake2b(msgspec.json.encode(plain, order="sorted"), digest_size=16).hexdigest()


def _content(path: str) -> str:
    return hashlib.blake2b(Path(path).read_bytes(), digest_size=16).hexdigest() if path else ""
