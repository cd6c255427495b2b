"""A recipe over a folder of pictures: each one a file of its own, failures named, what is done already left alone.

Beside the pictures a report is kept (:data:`REPORT`). From it the same run, started again, knows what it may leave out: an
output that is there as it was written, of the same recipe, from a source that has not changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.project import atomic, batch_recipes, filter_recipes
from studio.project.batch_recipes import BatchRecipe, More
from studio.project.errors import ProjectError, write_failure
from studio.project.export import FORMATS, export_artwork
from studio.project.filter_recipes import Step
from studio.project.load import open_any
from studio.project.options import ExportOptions
from studio.recipe import RecipeError, described
from studio.synthesis.fusion import FuseError

REPORT = "danqing-batch.json"
READ = (*FORMATS, ".bmp", ".gif", ".ora", ".danqing")
EXPECTED = (ProjectError, EditError, RecipeError, FuseError, OSError, MemoryError)
"""What may be wrong with one picture and is no reason to leave the others."""
REPORT_SECONDS = 1.0
State = Literal["done", "kept", "failed"]
Flatten = Callable[[Artwork], np.ndarray]
Perform = Callable[[Artwork, More], Artwork]
"""Does to an artwork what this package, being below it, cannot."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One picture. Paths are relative to the two folders; ``size`` and ``modified`` (ns) of the source, ``written`` bytes."""

    source: str
    output: str
    state: State
    recipe: str
    size: int = 0
    modified: int = 0
    written: int = 0
    seconds: float = 0.0
    error: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    recipe: str
    steps: tuple[dict[str, Any], ...]
    folder: str
    finished: bool = False
    files: tuple[Entry, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one picture: ``done`` of ``total`` so far. ``error``: why it failed."""

    entry: Entry
    done: int
    total: int
    error: BaseException | None = None


def pictures_in(folder: Path, beside: Path | None = None) -> list[Path]:
    """The pictures below a folder, sorted; none of ``beside``, where that lies inside, and no hidden ones. Raises OSError."""
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or path.suffix.lower() not in READ or not path.is_file():
            continue
        if beside is None or beside not in path.parents:
            found.append(path)
    return found


def outputs_of(sources: Sequence[Path], folder: Path, ending: str = "") -> list[Path]:
    """Relative path of each output: the source's own, with an ending that can be written; no two the same."""
    taken: set[str] = set()
    found: dict[Path, Path] = {}
    for source in sorted(
        sources, key=lambda one: one.suffix.lower() not in FORMATS
    ):  # who keeps its name comes first
        inside = source.relative_to(folder)
        suffix = ending or (source.suffix if source.suffix.lower() in FORMATS else ".png")
        output = inside.with_suffix(suffix)
        if str(output).casefold() in taken:
            output = inside.with_name(f"{inside.name}{suffix}")
        taken.add(str(output).casefold())
        found[source] = output
    return [found[source] for source in sources]


def run(
    recipe: BatchRecipe,
    folder: str | Path,
    target: str | Path,
    flatten: Flatten,
    perform: Perform | None = None,
    *,
    ending: str = "",
    options: ExportOptions | None = None,
    allow_large: bool = False,
) -> Generator[Outcome, None, None]:
    """Does the recipe to every picture below ``folder``, into ``target``, one after another; yields what became of each.

    ``perform`` is needed where there is more in it than filters. ``ending`` (``.png``): the format of all outputs, else the
    recipe's own; ``options`` likewise. Closed early it leaves a report from which it goes on. Raises
    ExportError where the report cannot be written, OSError where the folder, or a picture of the recipe, cannot be read.
    """
    export = recipe.export or batch_recipes.Export()
    ending, options = ending or export.ending, options or export.options
    folder, target = Path(folder).resolve(), Path(target).resolve()
    sources = pictures_in(folder, target)
    outputs = outputs_of(sources, folder, ending)
    digest = batch_recipes.digest(recipe)
    steps = batch_recipes.plain_of(recipe.work)
    make = _maker(recipe, flatten, perform, options, allow_large)
    before = {entry.source: entry for entry in _report(target / REPORT)}
    entries: list[Entry] = []
    written = time.monotonic()
    try:
        for done, (source, output) in enumerate(zip(sources, outputs, strict=True)):
            known = before.get(source.relative_to(folder).as_posix())
            entry, error = _kept(known, source, target / output, digest), None
            if entry is None:
                entry, error = _filtered(source, folder, target, output, digest, make)
            entries.append(entry)
            if time.monotonic() - written > REPORT_SECONDS:
                _write(target, Report(recipe=digest, steps=steps, folder=str(folder), files=tuple(entries)))
                written = time.monotonic()
            yield Outcome(entry=entry, done=done + 1, total=len(sources), error=error)
    finally:
        met = {entry.source for entry in entries}
        rest = (entry for entry in before.values() if entry.source not in met)
        finished = len(entries) == len(sources)
        files = tuple(entries) if finished else (*entries, *rest)
        _write(target, Report(recipe=digest, steps=steps, folder=str(folder), finished=finished, files=files))


def _report(path: Path) -> tuple[Entry, ...]:
    """What an earlier run wrote; nothing where it is not there or not readable."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=described(Report)).files
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ()


def _kept(known: Entry | None, source: Path, output: Path, digest: str) -> Entry | None:
    """The earlier entry of a picture whose output is still right."""
    if known is None or known.state == "failed" or known.recipe != digest or not _same_name(known, output):
        return None
    try:
        at, there = source.stat(), output.stat()
    except OSError:
        return None
    same = (at.st_size, at.st_mtime_ns, there.st_size) == (known.size, known.modified, known.written)
    return msgspec.structs.replace(known, state="kept") if same else None


def _same_name(known: Entry, output: Path) -> bool:
    """Whether the entry's output is this one: with another ending it is another picture."""
    return output.as_posix().endswith(known.output)


Make = Callable[[Path, Path], None]


def _maker(
    recipe: BatchRecipe, flatten: Flatten, perform: Perform | None, options: ExportOptions, allow_large: bool
) -> Make:
    def make(source: Path, output: Path) -> None:
        artwork = open_any(source, allow_large=allow_large)
        for one in recipe.work:
            if not isinstance(one, Step):
                assert perform is not None
                artwork = perform(artwork, one)
                continue
            (layer,) = filter_recipes.layers_of((one,))
            top = artwork.layers[-1].id if artwork.layers else None
            artwork = edits.add_layer(artwork, layer, above=top)
        output.parent.mkdir(parents=True, exist_ok=True)
        export_artwork(artwork, flatten, output, options)

    return make


def _filtered(
    source: Path, folder: Path, target: Path, output: Path, digest: str, make: Make
) -> tuple[Entry, BaseException | None]:
    began = time.monotonic()
    name, error, sizes = source.relative_to(folder).as_posix(), None, (0, 0, 0)
    try:
        at = source.stat()
        make(source, target / output)
        sizes = (at.st_size, at.st_mtime_ns, (target / output).stat().st_size)
    except EXPECTED as raised:
        error = raised
    entry = Entry(
        source=name, output=output.as_posix(), state="failed" if error else "done", recipe=digest, size=sizes[0],
        modified=sizes[1], written=sizes[2], seconds=round(time.monotonic() - began, 3), error=str(error or ""),
    )  # fmt: skip
    return entry, error


def _write(target: Path, report: Report) -> None:
    path = target / REPORT
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failure(error, path) from None
    atomic.write(path, (msgspec.json.format(msgspec.json.encode(report), indent=1), b"\n"))
