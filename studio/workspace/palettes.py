"""Palettes: those that come with Danqing, the artist's own, loading and saving; harmonies; the palette of the picture."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from psygnal import Signal

from studio import paths
from studio.jobs.job import JobFailed, JobFinished
from studio.project import atomic, palettes
from studio.project.errors import DecodeError, ExportError, read_failure, write_failure
from studio.project.palettes import Palette, Swatch
from studio.raster.harmony import palette_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice
from studio.workspace.work import Work, work

if TYPE_CHECKING:
    from studio.workspace.painting import Colour
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

PICTURE_COLOURS = 12
THUMBNAIL = 256
MINE = QT_TRANSLATE_NOOP("palettes", "My colours")
OURS = (
    QT_TRANSLATE_NOOP("palettes", "Chinese pigments"),
    QT_TRANSLATE_NOOP("palettes", "Greys"),
    QT_TRANSLATE_NOOP("palettes", "Hues"),
)
"""Names of the palettes that come with Danqing."""
OF_PICTURE = QT_TRANSLATE_NOOP("palettes", "Colours of {title}")
READING = QT_TRANSLATE_NOOP("jobs", "Finding the picture's colours")
SAVED = QT_TRANSLATE_NOOP("notices", "The palette was saved as {file}.")
NOT_LOADED = QT_TRANSLATE_NOOP("notices", "The palette was not loaded. {reason}")
NOT_SAVED = QT_TRANSLATE_NOOP("notices", "The palette was not saved. {reason}")


class Palettes:
    """``changed``: another palette is shown, or its colours changed. Files are read and written on the files lane.

    The artist's own palettes lie as .gpl in the ``palettes`` folder beside the settings, so that other programs can use them.
    """

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._loaded = False
        self.palettes: list[Palette] = []
        self.current = -1

    @property
    def shown(self) -> Palette | None:
        return self.palettes[self.current] if 0 <= self.current < len(self.palettes) else None

    def load(self) -> None:
        """Reads the palettes that come with Danqing and the artist's own, once."""
        if self._loaded:
            return
        self._loaded = True

        def reading() -> Generator[None, None, list[Palette]]:
            found = []
            for folder in (paths.resources() / "palettes", _folder()):
                for file in sorted(folder.glob("*.gpl")):
                    try:
                        found.append(palettes.read(file))
                    except (DecodeError, OSError):  # one broken file is no reason to have none
                        continue
                    yield None
            return found

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self.palettes = [*event.result, *self.palettes]
                self.choose(max(self.current, 0))

        self._studio.files_lane.submit(reading, label="palettes", on_event=arrived)

    def choose(self, index: int) -> None:
        self.current = min(max(index, 0), len(self.palettes) - 1)
        self.changed.emit()

    # ---- files

    def open(self, path: str) -> None:
        """Loads a palette file and keeps a copy among the artist's own."""

        def reading() -> Generator[None, None, Palette]:
            yield None
            try:
                return palettes.read(path)
            except OSError as error:
                raise read_failure(error, path) from None

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self.add(event.result)
            elif isinstance(event, JobFailed):
                self._refuse(NOT_LOADED, event.error, path)

        self._studio.files_lane.submit(reading, label="palette", on_event=arrived)

    def save_as(self, path: str) -> None:
        """Writes the shown palette as .gpl, .ase or .aco, by the ending."""
        palette = self.shown
        if palette is None:
            return

        def writing() -> Generator[None, None, None]:
            yield None
            suffix = Path(path).suffix.lower()
            if suffix not in palettes.SUFFIXES:
                raise ExportError("unknown_palette_format", path)
            atomic.write(path, [palettes.encode(palette, suffix)])

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self._studio.tell(Notice(kind="info", text=SAVED, arguments={"file": Path(path).name}))
            elif isinstance(event, JobFailed):
                self._refuse(NOT_SAVED, event.error, path)

        self._studio.files_lane.submit(writing, label="palette", on_event=arrived)

    def _refuse(self, text: str, error: Exception, path: str) -> None:
        failure = write_failure(error, path) if isinstance(error, OSError) else error
        reason = self._studio.filing.sentence(failure, Path(path).name)
        self._studio.tell(Notice(kind="error", text=text, arguments={"reason": reason}))

    def _keep(self, palette: Palette) -> None:
        def writing() -> Generator[None, None, None]:
            yield None
            folder = _folder()
            folder.mkdir(parents=True, exist_ok=True)
            atomic.write(folder / _file_name(palette.name), [palettes.encode(palette, ".gpl")])

        def arrived(event: object) -> None:
            if isinstance(event, JobFailed):
                self._refuse(NOT_SAVED, event.error, str(_folder() / _file_name(palette.name)))

        self._studio.files_lane.submit(writing, label="palette", on_event=arrived)

    # ---- palettes

    def add(self, palette: Palette) -> None:
        """Takes a palette among the artist's own; another of the same name gets a number."""
        taken = {one.name for one in self.palettes}
        name, number = palette.name, 1
        while name in taken:
            number += 1
            name = f"{palette.name} {number}"
        palette = replace(palette, name=name)
        self.palettes.append(palette)
        self._keep(palette)
        self.choose(len(self.palettes) - 1)

    def add_colour(self) -> None:
        """The colour in the hand becomes the last swatch of the shown palette; of a new one, if none is shown."""
        if self.shown is None:
            self.add(Palette(self._studio.translate("palettes", MINE)))
        self._change((*self._shown().swatches, Swatch(self._studio.painting.colour)))

    def remove(self, index: int) -> None:
        swatches = self._shown().swatches
        self._change((*swatches[:index], *swatches[index + 1 :]))

    def rename(self, index: int, name: str) -> None:
        swatches = list(self._shown().swatches)
        swatches[index] = replace(swatches[index], name=" ".join(name.split()))
        self._change(tuple(swatches))

    def move(self, index: int, to: int) -> None:
        swatches = list(self._shown().swatches)
        swatches.insert(to, swatches.pop(index))
        self._change(tuple(swatches))

    def _shown(self) -> Palette:
        assert self.shown is not None, "the panel offers this only where a palette is shown"
        return self.shown

    def _change(self, swatches: tuple[Swatch, ...]) -> None:
        self.palettes[self.current] = replace(self._shown(), swatches=swatches)
        self._keep(self._shown())
        self.changed.emit()

    def from_picture(self) -> None:
        """A palette of the colours that stand best for the current picture."""
        picture = self._studio.current
        if picture is None:
            return
        name = self._studio.translate("palettes", OF_PICTURE).format(title=picture.title)

        def finished(colours: tuple[Colour, ...]) -> None:
            if colours:
                self.add(Palette(name, tuple(Swatch(colour) for colour in colours)))

        work(self._studio, picture, READING, lambda: _colours_of(picture), finished)


def _colours_of(picture: Picture) -> Work:
    small = picture.renderer.thumbnail(picture.document.committed, THUMBNAIL)
    yield 0.5
    return palette_of(small, PICTURE_COLOURS)


def _folder() -> Path:
    return paths.config() / "palettes"


def _file_name(name: str) -> str:
    """A file name for a palette, safe on every system."""
    return (re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(" .")[:80] or "palette") + ".gpl"
