"""The library of brushes: folders, tags, favourites, what is in the hand; saving, deleting, importing, exporting."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from psygnal import Signal

from studio.jobs.job import JobFailed, JobFinished
from studio.project.brushes.preset import SUFFIX, Preset, identified
from studio.project.errors import ProjectError
from studio.raster.brush import Brush
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import brush_files, notices
from studio.workspace.brush_files import Imported, Kept, Loaded
from studio.workspace.notices import Notice
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MOST_FAVOURITES = 10
"""The places of the pop-up palette."""
RECENT = 20
PAINT_TOOLS = ("ink", "brush")
TOOL_OF_MODE = {
    "erase": "eraser", "smudge": "smudge", "blur": "blur", "clone": "clone", "dodge": "dodge", "burn": "burn",
    "sponge": "sponge",
}  # fmt: skip
FIRST_IN_HAND = {
    "ink": "ink-brush", "brush": "soft-round", "eraser": "eraser", "smudge": "smudge", "blur": "soft-blur",
    "clone": "clone-stamp",
}  # fmt: skip
SECOND_DIGIT_SECONDS = 0.8

IMPORTED = QT_TRANSLATE_NOOP("notices", "Brushes imported: {count}.")
IMPORTED_ONE = QT_TRANSLATE_NOOP("notices", "Imported the brush “{title}”.")
IMPORTED_WITHOUT = QT_TRANSLATE_NOOP(
    "notices", "Brushes imported: {count}. Left out, because Danqing has nothing like it: {gaps}."
)
IMPORTED_ONE_WITHOUT = QT_TRANSLATE_NOOP(
    "notices", "Imported the brush “{title}”. Left out, because Danqing has nothing like it: {gaps}."
)
IMPORTED_MISSING = QT_TRANSLATE_NOOP(
    "notices", "Brushes in “{file}” whose tips are not in the file were left out: {titles}."
)
MOST_NAMED = 5
"""Brushes that a notice calls by name."""
EXPORTED_BRUSHES = QT_TRANSLATE_NOOP("notices", "Brushes exported to {file}.")
DELETED = QT_TRANSLATE_NOOP("notices", "Deleted the brush “{title}”.")
NOT_KEPT = QT_TRANSLATE_NOOP("notices", "The brushes could not be kept: {reason}")


class Brushes:
    """The presets that come with Danqing and the artist's own. All methods and signals: UI thread.

    ``changed``: presets, folders, favourites. ``chosen``: another preset is in the hand, or it was altered.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._built_in: dict[str, Preset] | None = None
        self._own: dict[str, Preset] = {}
        self._deleted: Preset | None = None
        self._kept = Kept(in_hand=FIRST_IN_HAND)
        self._asked = self._read = self._touched = False
        self._paint_tool = PAINT_TOOLS[0]
        self._typed = ("", 0, 0.0)
        self._at_start = {tool: studio.painting.brush_of(tool) for tool in KINDS}
        studio.painting.tool_changed.connect(self._follow_tool)
        studio.painting.brush_changed.connect(self._tell_chosen)

    def _tell_chosen(self) -> None:
        # connected as it is, psygnal would parse the signature of the compiled ``emit``: a fiftieth of the start
        self.chosen.emit()

    # what there is

    @property
    def presets(self) -> tuple[Preset, ...]:
        """In the order of the folders: Danqing's own first, those of the artist behind them."""
        hidden = set(self._kept.hidden)
        there = {**self._built_in_ones(), **self._own}
        shown = [preset for preset in there.values() if preset.id in self._own or preset.id not in hidden]
        places = {name: place for place, name in enumerate(dict.fromkeys(one.folder for one in shown))}
        return tuple(sorted(shown, key=lambda preset: places[preset.folder]))

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(preset.folder for preset in self.presets if preset.folder))

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(sorted({tag for preset in self.presets for tag in preset.tags}))

    def __getitem__(self, preset_id: str) -> Preset:
        return self._own.get(preset_id) or self._built_in_ones()[preset_id]

    def find(self, preset_id: str) -> Preset | None:
        return self._own.get(preset_id) or self._built_in_ones().get(preset_id)

    def __contains__(self, preset_id: str) -> bool:
        return preset_id in self._own or preset_id in self._built_in_ones()

    def is_built_in(self, preset_id: str) -> bool:
        return preset_id in self._built_in_ones()

    @property
    def ready(self) -> bool:
        """Whether asking for presets costs nothing any more."""
        return self._built_in is not None

    def _built_in_ones(self) -> dict[str, Preset]:
        if self._built_in is None:
            self._built_in = {preset.id: preset for preset in brush_files.built_in()}
        return self._built_in

    @property
    def favourites(self) -> tuple[Preset, ...]:
        """At most ten: starred ones, then the latest, then the first of the library."""
        ids = dict.fromkeys((*self._kept.favourites, *self._kept.recent, *(one.id for one in self.presets)))
        return tuple(self[one] for one in ids if one in self)[:MOST_FAVOURITES]

    def is_favourite(self, preset_id: str) -> bool:
        return preset_id in self._kept.favourites

    # what is in the hand

    @property
    def current(self) -> Preset | None:
        """The preset that the brush in the hand came from."""
        return self.find(self._kept.in_hand.get(self._studio.painting.brush_tool, ""))

    @property
    def altered(self) -> bool:
        """Whether the brush in the hand is no longer what its preset says."""
        return self.current is not None and self.current.brush != self._studio.painting.brush

    def choose(self, preset_id: str, tool: str = "") -> None:
        """Takes a preset into the hand, with the tool that fits what it does (or with ``tool``)."""
        preset = self[preset_id]
        tool = tool or self.tool_of(preset.brush)
        recent = (preset_id, *(one for one in self._kept.recent if one != preset_id))[:RECENT]
        self._remember(recent=recent, in_hand={**self._kept.in_hand, tool: preset_id})
        self._studio.painting.take_brush(tool, preset.brush)
        self.chosen.emit()

    def tool_of(self, brush: Brush) -> str:
        """The tool that a brush belongs to; painting ones keep the tool in the hand where that paints."""
        tool = TOOL_OF_MODE.get(brush.mode, "")
        return tool if tool in KINDS else self._paint_tool

    def previous(self) -> None:
        """Back to the preset that was used before this one."""
        here = self.current
        for preset_id in self._kept.recent:
            if preset_id in self and (here is None or preset_id != here.id):
                self.choose(preset_id)
                return

    def reload(self) -> None:
        """The brush in the hand as its preset has it."""
        if self.current is not None:
            self._studio.painting.take_brush(self._studio.painting.brush_tool, self.current.brush)

    def _follow_tool(self, tool: str) -> None:
        if tool in PAINT_TOOLS:
            self._paint_tool = tool

    def digit(self, digit: int, field: str = "opacity") -> None:
        """5 is 50 %, 0 is 100 %; a second digit soon after makes it exact: 5 5 is 55 %, 0 5 is 5 %."""
        of, before, then = self._typed
        now = time.monotonic()
        second = of == field and now - then < SECOND_DIGIT_SECONDS
        percent = before * 10 + digit if second else (digit * 10 or 100)
        self._typed = (field, digit, 0.0 if second else now)
        low = 0.005 if field == "flow" else 0.0
        self._studio.painting.change_brush(**{field: max((percent or 100) / 100, low)})

    # changing the library

    def save_as(self, title: str, folder: str = "", tags: tuple[str, ...] = ()) -> Preset:
        """The brush in the hand becomes a new preset of the artist's own, and is in the hand."""
        brush = self._studio.painting.brush
        stamp = identified(f"{title}\n{time.time_ns()}", brush)
        preset = Preset(id=stamp, title=title.strip(), folder=folder.strip(), tags=tags, brush=brush)
        self._put((preset,))
        self._remember(in_hand={**self._kept.in_hand, self._studio.painting.brush_tool: preset.id})
        self.chosen.emit()
        return preset

    def save(self) -> None:
        """The preset in the hand takes the brush as it is now; one of Danqing's own keeps its original beneath."""
        if self.current is not None:
            self._put((msgspec.structs.replace(self.current, brush=self._studio.painting.brush),))
            self.chosen.emit()

    def describe(self, preset_id: str, *, title: str, folder: str, tags: tuple[str, ...]) -> None:
        """Another name, folder or tags."""
        preset = self[preset_id]
        chinese = preset.title_zh if title == preset.title else ""
        if title == preset.title_zh:
            title, chinese = preset.title, preset.title_zh
        changed = msgspec.structs.replace(
            preset, title=title.strip() or preset.title, title_zh=chinese, folder=folder.strip(), tags=tags
        )
        if changed != preset:
            self._put((changed,))

    def delete(self, preset_id: str) -> None:
        """Takes a preset out of the library; one of Danqing's own that was altered is as it came again."""
        if preset_id not in self:
            return
        preset = self._deleted = self[preset_id]
        if preset_id in self._own:
            del self._own[preset_id]
            self._submit(partial(brush_files.forget, preset_id), "forget brush")
        else:
            self._remember(hidden=(*self._kept.hidden, preset_id))
        arguments = {"title": preset.named(self._studio.language)}
        self._studio.tell(Notice(kind="info", text=DELETED, arguments=arguments, action="restore-brush"))
        self.changed.emit()

    @property
    def can_restore(self) -> bool:
        return self._deleted is not None or bool(self._kept.hidden)

    def restore(self) -> None:
        """Brings back the brush that was deleted last, and all that came with Danqing."""
        deleted, self._deleted = self._deleted, None
        self._remember(hidden=())
        if deleted is not None and deleted != self._built_in_ones().get(deleted.id):
            self._put((deleted,))
        self.changed.emit()

    def toggle_favourite(self, preset_id: str) -> None:
        """A star more or less; beyond ten the oldest goes."""
        stars = tuple(one for one in self._kept.favourites if one != preset_id)
        if len(stars) == len(self._kept.favourites):
            stars = (*stars, preset_id)[-MOST_FAVOURITES:]
        self._remember(favourites=stars)
        self.changed.emit()

    # files

    def load(self) -> None:
        """Reads the artist's own brushes in the background, once."""
        if self._asked:
            return
        self._asked = True
        self._submit(brush_files.loaded, "brushes", self._loaded)

    def _loaded(self, result: Loaded) -> None:
        self._built_in = {preset.id: preset for preset in result.built_in}
        self._own = {preset.id: preset for preset in result.own} | self._own
        self._read = True
        if result.kept is not None:
            self._kept = _joined(result.kept, self._kept)
        if self._touched:
            self._remember()
        for error in result.damaged:
            self._failed(error)
        painting = self._studio.painting
        for tool, preset_id in self._kept.in_hand.items():
            untouched = painting.brush_of(tool) == self._at_start.get(tool)
            if preset_id in self and untouched and tool in KINDS:
                painting.keep_brush(tool, self[preset_id].brush)
        self.changed.emit()
        self.chosen.emit()

    def import_files(self, files: tuple[str, ...]) -> None:
        """Adds the brushes of ``.dqbrush``, MyPaint, GIMP and Photoshop files; the first of them is taken into the hand."""
        self.load()
        self._submit(partial(brush_files.imported, tuple(files)), "import brushes", self._imported)

    def _imported(self, result: Imported) -> None:
        for error in result.failed:
            self._failed(error, notices.NOT_IMPORTED)
        for file, titles in result.missing:
            self._tell_missing(file, titles)
        if not result.presets:
            return
        self._own |= {preset.id: preset for preset in result.presets}
        count = len(result.presets)
        one = result.presets[0]
        arguments = {"count": str(count), "title": one.named(self._studio.language)}
        plain, without = (IMPORTED, IMPORTED_WITHOUT) if count > 1 else (IMPORTED_ONE, IMPORTED_ONE_WITHOUT)
        if result.left_out:
            joint = "、" if self._studio.language.startswith("zh") else ", "
            gaps = (self._studio.translate("brush-gaps", gap) for gap in result.left_out)
            arguments["gaps"] = joint.join(gaps)
        self._studio.tell(
            Notice(kind="done", text=without if result.left_out else plain, arguments=arguments)
        )
        self.changed.emit()
        self.choose(one.id)

    def _tell_missing(self, file: str, titles: tuple[str, ...]) -> None:
        """Which brushes a file names without holding their tips, a few of them by name."""
        joint = "、" if self._studio.language.startswith("zh") else ", "
        named = [title for title in titles if title][:MOST_NAMED]
        more = len(titles) - len(named)
        words = joint.join([*named, *([f"+{more}"] if more and named else [str(more)] if more else [])])
        self._studio.tell(
            Notice(kind="warn", text=IMPORTED_MISSING, arguments={"file": file, "titles": words})
        )

    def export(self, preset_ids: tuple[str, ...], file: str) -> None:
        """Writes presets, with their tips, into one ``.dqbrush`` file."""
        path = file if file.lower().endswith(SUFFIX) else file + SUFFIX
        presets = tuple(self[one] for one in preset_ids if one in self)

        def done(_result: object) -> None:
            arguments = {"file": Path(path).name}
            self._studio.tell(Notice(kind="done", text=EXPORTED_BRUSHES, arguments=arguments))

        self._submit(partial(brush_files.exported, presets, path), "export brushes", done)

    def _put(self, presets: tuple[Preset, ...]) -> None:
        self._own |= {preset.id: preset for preset in presets}
        self._submit(partial(brush_files.keep_presets, presets), "keep brushes")
        self.changed.emit()

    def _remember(self, **fields: object) -> None:
        self._kept = msgspec.structs.replace(self._kept, **fields)
        self.load()
        if not self._read:  # what the last session remembered is not known yet, and must not be written over
            self._touched = True
            return
        self._submit(partial(brush_files.keep, self._kept), "brush library", replace="brush library")

    def _submit(
        self,
        work: Callable[[], brush_files.Work],
        label: str,
        done: Callable[..., None] | None = None,
        replace: str | None = None,
    ) -> None:
        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and done is not None:
                done(event.result)
            elif isinstance(event, JobFailed):
                self._failed(event.error, NOT_KEPT)

        self._studio.files_lane.submit(work, label=label, replace=replace, on_event=arrived)

    def _failed(self, error: Exception, text: str = notices.NOT_IMPORTED) -> None:
        file = Path(error.file).name if isinstance(error, ProjectError) else ""
        arguments = {"file": file, "reason": self._studio.filing.sentence(error, file)}
        self._studio.tell(Notice(kind="error", text=text, arguments=arguments))


def _joined(kept: Kept, mine: Kept) -> Kept:
    """What the last session remembered with what was done before that was read."""
    taken = {tool: preset for tool, preset in mine.in_hand.items() if FIRST_IN_HAND.get(tool) != preset}
    return Kept(
        favourites=tuple(dict.fromkeys((*kept.favourites, *mine.favourites)))[-MOST_FAVOURITES:],
        hidden=tuple(dict.fromkeys((*kept.hidden, *mine.hidden))),
        recent=tuple(dict.fromkeys((*mine.recent, *kept.recent)))[:RECENT],
        in_hand={**FIRST_IN_HAND, **kept.in_hand, **taken},
    )
