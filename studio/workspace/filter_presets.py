"""Presets of filters: the artist's own, each a recipe file of one step named as the preset is, and those that come with Danqing."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec
from psygnal import Signal

from studio import paths, recipe
from studio.filters import FilterKind
from studio.jobs.job import JobFailed, JobFinished
from studio.project import filter_recipes
from studio.project.errors import DecodeError, ProjectError, write_failure
from studio.project.filter_recipes import SUFFIX, Step
from studio.project.shipped_presets import Preset, every
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Work = Generator[None, None, Any]
NOT_KEPT = QT_TRANSLATE_NOOP("notices", "The preset was not kept. {reason}")
MOST_LETTERS = 80
_REFUSED = '<>:"/\\|?*%.'
"""Signs in a title that some disk does not take in a name, or that mean something there; they are written as %xx."""


def folder(kind: FilterKind) -> Path:
    return paths.data() / "filters" / kind.name


def file_of(kind: FilterKind, title: str) -> Path:
    """The file of a preset."""
    signs = (
        f"%{ord(sign):02X}" if sign in _REFUSED or ord(sign) < 32 else sign for sign in title[:MOST_LETTERS]
    )
    return folder(kind) / f"{''.join(signs)}{SUFFIX}"


class FilterPresets:
    """Known from the moment they were read; read and written on the files lane. ``changed``: those of a filter are others."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._known: dict[str, dict[str, Any]] = {}
        self._shipped: dict[str, tuple[Preset, ...]] = {}

    def shipped(self, kind: FilterKind) -> tuple[Preset, ...]:
        """Those that come with Danqing, in their order; they are neither changed nor deleted."""
        return self._shipped.get(kind.name, ())

    def of(self, kind: FilterKind) -> dict[str, Any]:
        """Title → values, sorted by title."""
        return self._known.get(kind.name, {})

    def load(self, kind: FilterKind) -> None:
        """Reads the presets of a filter, once; a damaged file, or one of another version, is passed over."""
        if kind.name in self._known:
            return

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                own, self._shipped = event.result
                self._take(kind, own | self.of(kind))

        self._studio.files_lane.submit(lambda: _read(kind), label="presets", on_event=arrived)

    def save(self, kind: FilterKind, title: str, values: msgspec.Struct) -> None:
        """Keeps values under a title; a preset of that title is replaced."""
        title = title.strip()[:MOST_LETTERS]
        step = Step(
            name=kind.name, version=kind.version, parameters=msgspec.to_builtins(recipe.check(values))
        )
        self._take(kind, self.of(kind) | {title: values})
        self._do(lambda: filter_recipes.write(file_of(kind, title), (step,)))

    def delete(self, kind: FilterKind, title: str) -> None:
        self._take(kind, {name: one for name, one in self.of(kind).items() if name != title})
        self._do(lambda: _unlink(file_of(kind, title)))

    def _take(self, kind: FilterKind, presets: dict[str, Any]) -> None:
        self._known[kind.name] = dict(sorted(presets.items(), key=lambda pair: pair[0].casefold()))
        self.changed.emit()

    def _do(self, write: Any) -> None:
        def work() -> Work:
            yield None
            write()

        def told(event: object) -> None:
            if isinstance(event, JobFailed):
                error = event.error
                reason = (
                    self._studio.filing.sentence(error) if isinstance(error, ProjectError) else str(error)
                )
                self._studio.tell(
                    Notice(kind="error", text=NOT_KEPT, arguments={"reason": reason}, details=event.details)
                )

        self._studio.files_lane.submit(work, label="preset", on_event=told)


def _read(kind: FilterKind) -> Work:
    place = folder(kind)
    found: dict[str, Any] = {}
    for file in sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else ():
        yield None
        try:
            steps = filter_recipes.read(file)
        except DecodeError:
            continue
        if len(steps) == 1 and steps[0].name == kind.name:
            found[unquote(file.name.removesuffix(SUFFIX))] = recipe.from_plain(
                kind.parameters, steps[0].parameters
            )
    return found, every()


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_failure(error, path) from None
