"""The application without a window: the open pictures, what the artist does to them, and the door to the models."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from studio import settings as settings_file
from studio.document import edits
from studio.document.artwork import Artwork, Precision
from studio.document.layer import Filter
from studio.jobs.job import JobFailed, JobFinished
from studio.messages.events import Device, Event, Failed
from studio.messages.models import GIFT, ModelEntry
from studio.project import direction_file, latent_file, profiles
from studio.project.errors import ProjectError
from studio.settings import Settings
from studio.workspace import colours, direction_files, latent_files, notices, texts
from studio.workspace import layers as layer_edits
from studio.workspace.asides import Asides
from studio.workspace.board import Board
from studio.workspace.brush_files import is_brush_file
from studio.workspace.brushes import Brushes
from studio.workspace.clipboard import Clipboard
from studio.workspace.colour_spaces import ColourSpaces
from studio.workspace.devices import Devices
from studio.workspace.engine_filters import EngineFilters
from studio.workspace.exploring import Exploring
from studio.workspace.filing import Filing
from studio.workspace.fill_layers import FillLayers
from studio.workspace.filling import Filling
from studio.workspace.filter_trial import OWNER as FILTER_TRIAL
from studio.workspace.filtering import Filtering
from studio.workspace.folder_layers import FolderLayers
from studio.workspace.generating import Generating
from studio.workspace.inserting import Inserting
from studio.workspace.jobs import Jobs
from studio.workspace.layer_effects import LayerEffects
from studio.workspace.layers import Layers
from studio.workspace.lesson import Lesson
from studio.workspace.lesson_zero import LessonZero
from studio.workspace.masking import Masking
from studio.workspace.memory import Memory
from studio.workspace.merging import Merging
from studio.workspace.notices import Notice
from studio.workspace.painting import Painting
from studio.workspace.palettes import Palettes
from studio.workspace.picture import Picture
from studio.workspace.process import Process
from studio.workspace.reblending import Reblending
from studio.workspace.samplers import Samplers
from studio.workspace.selecting import Selecting
from studio.workspace.tones import Tones
from studio.workspace.tools.ending import OWNER as STROKE
from studio.workspace.tools.move import take_back
from studio.workspace.training import TrainingRuns
from studio.workspace.viewing import Viewing

if TYPE_CHECKING:
    from studio.jobs.door import EngineDoor
    from studio.jobs.lane import Lane

MODEL_SUFFIXES = (".safetensors", GIFT, ".ckpt", ".pt", ".pth", ".pkl", ".pickle")
"""Endings that are models to the artist; what a file really is, the engine finds out by its content."""

Translate = Callable[[str, str], str]
"""(context, source text) → the text in the chosen language."""


class Studio:
    """What menus, panels, shortcuts and tests act upon. All methods and signals: UI thread.

    ``render_lane`` and ``files_lane`` are pumped by whoever built the studio; ``engine`` may be None (no torch).
    """

    current_changed = Signal(object)
    pictures_changed = Signal()
    settings_changed = Signal(Settings)
    notice = Signal(Notice)
    layer_chosen = Signal(str)
    device_changed = Signal()

    def __init__(
        self,
        settings: Settings,
        *,
        render_lane: Lane,
        files_lane: Lane,
        engine: EngineDoor | None = None,
        catalogue: Callable[[], tuple[ModelEntry, ...]] = tuple,
        translate: Translate = lambda context, text: text,
    ) -> None:
        self.settings = settings
        self.render_lane = render_lane
        self.files_lane = files_lane
        self.engine = engine
        self.engine_filters = EngineFilters(engine, render_lane.deliver) if engine is not None else None
        self.translate = translate
        self.language = "en"
        self._catalogue = catalogue
        self.pictures: list[Picture] = []
        self.current: Picture | None = None
        self.jobs = Jobs()
        self.devices = Devices(self)
        self.memory = Memory(self)
        render_lane.short_of_memory = files_lane.short_of_memory = self.memory.ran_out
        self.viewing = Viewing(self)
        self.painting = Painting(self)
        self.layers = Layers(self)
        self.reblending = Reblending(self)
        self.selecting = Selecting(self)
        self.masking = Masking(self)
        self.merging = Merging(self)
        self.effects = LayerEffects(self)
        self.asides = Asides(self)
        self.generating = Generating(self)
        self.exploring = Exploring(self)
        self.filtering = Filtering(self)
        self.tones = Tones(self)
        self.filling = Filling(self)
        self.fill_layers = FillLayers(self)
        self.folder_layers = FolderLayers(self)
        self.training = TrainingRuns(self)
        self.lesson = Lesson(self)
        self.lesson_zero = LessonZero(self)
        self.palettes = Palettes(self)
        self.clipboard = Clipboard(self)
        self.inserting = Inserting(self)
        self.board = Board(self)
        self.samplers = Samplers(self)
        self.process = Process(self)
        self.colour_spaces = ColourSpaces(self)
        self.filing = Filing(self)
        self.brushes = Brushes(self)
        self._followed: object = None
        self._warned_of_settings = False
        self._told_above = False
        self.painting.painted_above.connect(self._painted_above)

    # settings and words

    def change_settings(self, **fields: object) -> None:
        """Changes and keeps what the artist chose: it holds at once and is written on the files lane."""
        if "device" in fields and not self.devices.choose(str(fields["device"])):
            del fields["device"]  # the engine says first whether it is there
        changed = self.settings.with_(**fields)
        if changed != self.settings:
            self.keep_soon(**fields)
            self.settings_changed.emit(changed)

    def keep_soon(self, **fields: object) -> None:
        """Keeps what changes with every move of a slider: it holds at once and is written on the files lane, the last
        state only; a disk may take 100 ms for it. Nobody is told."""
        self.settings = self.settings.with_(**fields)
        if self.files_lane.closed:  # the window tells its place as it goes, after all else has ended
            with suppress(OSError):
                settings_file.save(self.settings)
            return

        def work() -> Generator[None, None, None]:
            yield None
            written = None
            while written is not self.settings:  # changed while it was written
                written = self.settings
                settings_file.save(written)

        def told(event: object) -> None:
            if isinstance(event, JobFailed) and isinstance(event.error, OSError):
                self._settings_not_kept(event.error)

        self.files_lane.submit(work, label="settings", replace="settings", on_event=told)

    def _settings_not_kept(self, error: OSError) -> None:
        """Said once: the settings hold for this session all the same."""
        if not self._warned_of_settings:
            self._warned_of_settings = True
            arguments = {"file": str(settings_file.place()), "reason": error.strerror or str(error)}
            self.tell(Notice(kind="warn", text=notices.SETTINGS_NOT_KEPT, arguments=arguments))

    def tell(self, notice: Notice) -> None:
        self.notice.emit(notice)

    def refuse(self, error: edits.EditError) -> None:
        """An edit that cannot be done becomes a quiet card."""
        self.tell(layer_edits.refusal(error))

    def model_title(self, entry: ModelEntry) -> str:
        return entry.card.title_zh if self.language.startswith("zh") else entry.card.title

    def engine_says(self, event: Event) -> None:
        """What belongs to no job: the engine greets, or works on another device now."""
        if isinstance(event, Device) and event.reason:
            arguments = {"device": event.device_name, "reason": self.translate("engine", event.reason)}
            self.tell(Notice(kind="warn", text=notices.DEVICE_CHANGED, arguments=arguments))
        self.device_changed.emit()

    def _painted_above(self) -> None:
        """Said once: that the stroke lies on a layer of its own and the sliders below stay live."""
        if not self._told_above:
            self._told_above = True
            self.tell(Notice(kind="info", text=notices.PAINTED_ABOVE))

    # the engine

    def refresh_models(self) -> None:
        """Reads the catalogue of models again, in the background."""

        def work() -> Generator[None, None, tuple[ModelEntry, ...]]:
            yield None
            return self._catalogue()

        def finished(event: object) -> None:
            if isinstance(event, JobFinished):
                self.generating.set_models(event.result)

        self.files_lane.submit(work, label="models", replace="models", on_event=finished)

    def engine_reason(self, event: Failed) -> str:
        """Why, and what to do: the engine's own sentence, which knows most, else that of the kind of failure."""
        sentence = self.translate("notices", notices.ENGINE_REASONS[event.kind])
        if event.message:
            try:
                sentence = self.translate("engine", event.message).format(**event.arguments)
            except (KeyError, IndexError, ValueError):  # a sentence of another version of the engine
                pass
        return f"{sentence} ({Path(event.file).name})" if event.file else sentence

    def engine_failed(
        self, event: Failed, text: str = notices.NOT_GENERATED, arguments: dict[str, str] | None = None
    ) -> None:
        """A card for a failed job; a cancelled one says nothing."""
        if event.kind != "cancelled":
            filled = {"reason": self.engine_reason(event), **(arguments or {})}
            details = event.details or event.message
            again = event.kind == "engine_lost" and text == notices.NOT_GENERATED
            action = "generate" if again else ""
            self.tell(Notice(kind="error", text=text, arguments=filled, details=details, action=action))

    # pictures

    def new_picture(
        self,
        width: int,
        height: int,
        *,
        ppi: float = 300.0,
        background: tuple[float, float, float, float] | None = (1.0, 1.0, 1.0, 1.0),
        colour_space: str = "sRGB",
        precision: Precision = "float16",
    ) -> Picture:
        """An untitled picture; it lives in the journal from its first moment. ``background``: straight sRGB with alpha;
        ``colour_space``: one of profiles.NAMES."""
        paper, space = self.translate("layer-names", "Paper"), profiles.space(colour_space)
        ground = None if background is None else colours.entering(background, space)
        artwork = edits.new_artwork(
            width, height, background=ground, ppi=ppi, precision=precision, name=paper
        ).with_(colour_space=space)
        return self.show(artwork, title=self.untitled())

    def untitled(self) -> str:
        word = self.translate("layer-names", "Untitled")
        taken = {picture.title for picture in self.pictures}
        number = 1
        while f"{word} {number}" in taken:
            number += 1
        return f"{word} {number}"

    def show(self, artwork: Artwork, *, title: str, origin: str = "") -> Picture:
        """Opens a picture on ``artwork`` (of the picture file ``origin``), begins its journal and makes it current."""
        picture = Picture(
            artwork, title=title, origin=origin, settings=self.settings, engine=self.engine_filters
        )
        self.filing.begin_journal(picture)
        self.add(picture)
        return picture

    def add(self, picture: Picture) -> None:
        """Takes an opened picture among the others and makes it current."""
        self.pictures.append(picture)
        self.memory.begin(picture)
        self.reblending.begin(picture)
        picture.document.changed.connect(self._follow_change)
        self.pictures_changed.emit()
        self.choose(picture)
        texts.look_for_fonts(self, picture)

    def _follow_change(self, _region: object) -> None:
        """Whole filters follow every change; the panels only that of the selected layer, never a stroke's samples."""
        self.memory.look()
        picture = self.current
        if picture is None:
            return
        self.layers.note_active(picture)
        if any(isinstance(layer, Filter) for layer in picture.document.artwork.walk()):
            self.filtering.follow(picture)
        layer = picture.document.artwork.active_layer
        if layer is not self._followed and not picture.document.gesture_open:
            self._followed = layer
            self.generating.changed.emit()
            self.filtering.changed.emit()

    def choose(self, picture: Picture | None) -> None:
        """Makes ``picture`` the current one."""
        if picture is not self.current:
            self.settle()
            self.current = picture
            if picture is not None:
                self.layers.note_active(picture)
            self.current_changed.emit(picture)
            self.generating.changed.emit()
            self.generating.strip_changed.emit()

    def close(self, picture: Picture) -> None:
        """Closes without asking: what is not saved stays in the journal and comes back."""
        self.settle()
        self.generating.let_go(picture)
        index = self.pictures.index(picture)
        self.pictures.remove(picture)
        picture.document.changed.disconnect(self._follow_change)
        self.reblending.end(picture)
        self.filing.end_journal(picture)
        if picture is self.current:
            rest = self.pictures[min(index, len(self.pictures) - 1)] if self.pictures else None
            self.choose(rest)
        self.pictures_changed.emit()

    def is_model_file(self, path: str) -> bool:
        return Path(path).suffix.lower() in MODEL_SUFFIXES

    def takes_in(self, path: str) -> bool:
        """Whether a file is no picture but something that pictures are made with: a model, a brush, a direction, a latent."""
        known = (direction_file.ENDING, latent_file.ENDING)
        return self.is_model_file(path) or is_brush_file(path) or Path(path).suffix.lower() in known

    def open(self, path: str) -> None:
        """Opens a picture or project; a model file is taken among the models, a brush file among the brushes, a direction among the
        sliders of its model, and of a latent file its picture is made."""
        ending = Path(path).suffix.lower()
        if self.is_model_file(path):
            self.generating.import_model(path)
        elif ending == direction_file.ENDING:
            direction_files.open_direction(self, path)
        elif ending == latent_file.ENDING:
            latent_files.open_latent(self, path)
        elif is_brush_file(path):
            self.brushes.import_files((path,))
        else:
            self.filing.open(path)

    # one history

    def undo(self) -> None:
        if self.current and not self.current.document.gesture_open:
            if self.painting.ending.pends:  # it is the stroke that is taken back, when it is whole
                self.current.document.when_idle(self.undo)
                return
            if self.painting.session is not None and self.painting.session.undo():
                return
            if take_back(self.current, self.painting):
                return
            self.settle()
            if not self.asides.undo():
                self._move(self.current.document.undo)
        elif self.current is None:
            self.asides.undo()

    def redo(self) -> None:
        if self.current and not self.current.document.gesture_open and not self.painting.ending.pends:
            if self.painting.session is not None and self.painting.session.redo():
                return
            self.settle()
            if not self.asides.redo():
                self._move(self.current.document.redo)
        elif self.current is None:
            self.asides.redo()

    def _move(self, move: Callable[[], None]) -> None:
        """A step that was dropped from memory and cannot be read again leaves the picture where it is."""
        assert self.current is not None
        try:
            move()
        except (OSError, ProjectError) as error:
            arguments = {
                "file": self.current.title,
                "reason": self.filing.sentence(error, self.current.title),
            }
            self.tell(Notice(kind="error", text=notices.NOT_OPENED, arguments=arguments))

    def settle(self, keep: str = "") -> None:
        """Something else begins: a live drag that pends becomes its undo step, a look at a variant ends.

        ``keep``: the owner that is about to preview; its own preview goes on.
        """
        if self.current is None:
            return
        document = self.current.document
        if keep != STROKE:
            self.painting.ending.now()
        session = self.painting.session
        if session is not None and session.owner != keep:
            self.painting.close_session()
        owner = document.preview_owner
        if owner is None or owner == keep:
            return
        if owner == "explore":
            self.exploring.settle(self.current)
        elif owner == "layer":
            self.layers.release()
        elif owner == "effects":
            self.effects.release()
        elif owner == "fill-layer":
            self.fill_layers.release()
        elif owner == "folder-layer":
            self.folder_layers.release()
        elif owner == "filter":
            self.filtering.release()
        elif owner in ("hover", "selecting", "guess", FILTER_TRIAL):
            document.revert(owner)
