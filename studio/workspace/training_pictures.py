"""The pictures that are to be trained on: what the doctor found, and what the artist decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace
from psygnal import Signal

from studio.jobs.job import Priority
from studio.messages.data import LEFT_OUT, Checked, Crop, DataReport, Decisions, Examined, Kind, PictureFacts
from studio.messages.events import Event, Failed, Finished, Progress, Squares
from studio.messages.requests import CheckData, PreviewData
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.training_memory import Kept, keep, recall

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

LOOKING = QT_TRANSLATE_NOOP("jobs", "Looking through “{name}”")


class TrainingPictures:
    """One folder at a time. Files are only read, by the engine's child; decisions are a value that a run takes with it.

    ``pictures`` and ``thumbnails`` (JPEG) grow while it looks; ``report`` is there when it is done. ``total``: files to
    be looked at, −1 before that is known. ``previewed``: the training squares of a picture, [side, n · side, 3].
    """

    changed = Signal()
    preview_changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.folder = ""
        self.test_folder = ""
        self.pictures: list[PictureFacts] = []
        self.thumbnails: list[bytes] = []
        self.report: DataReport | None = None
        self.decisions = Decisions()
        self.total = -1
        self.problem = ""
        self.looking = False
        self.previewed: tuple[str, int, np.ndarray] | None = None
        self.counts: dict[Kind, int] = {}
        self._with: dict[Kind, tuple[str, ...]] = {}
        self._before = (0.0, "")
        """Share and folder that were held out before another folder was chosen."""
        self._out: tuple[object, int, frozenset[str]] = (None, 0, frozenset())
        self._held: tuple[object, int] = (None, 0)
        self._job = self._line = self._life = 0

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def look(self, folder: str, test_folder: str | None = None, side: int = 64) -> None:
        """Looks through ``folder`` anew, with what was decided about it the last time. ``test_folder``: None is as it was."""
        self.stop()
        if self.looking:  # what that look still says is not heard any more, so its line ends here
            self._studio.jobs.end(self._line)
        if folder != self.folder:
            kept = recall(folder) or Kept(folder=folder)
            self.decisions = kept.decisions
            test_folder = kept.test_folder if test_folder is None else test_folder
        test_folder = self.test_folder if test_folder is None else test_folder
        self.decisions = replace(self.decisions, side=side)
        self.folder, self.test_folder = folder, test_folder
        self.pictures, self.thumbnails, self.report = [], [], None
        self.total, self.problem, self.previewed = -1, "", None
        self.counts, self._with = {}, {}
        self._life += 1
        if self._studio.engine is None:
            self.problem = self._studio.translate("notices", notices.NO_ENGINE)
            self.changed.emit()
            return
        self.looking, life = True, self._life
        self._line = self._studio.jobs.begin(LOOKING, {"name": Path(folder).name or folder}, stop=self.stop)
        request = CheckData(folder=folder, test_folder=test_folder, side=side)
        self._job = self._studio.engine.submit(
            request, priority=Priority.background, on_event=lambda event: self._arrived(event, life)
        )
        self.changed.emit()

    def stop(self) -> None:
        """Ends looking; what was seen stays listed."""
        if self.looking and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    def _arrived(self, event: Event, life: int) -> None:
        if life != self._life:
            return
        if isinstance(event, Examined):
            self.pictures += event.pictures
            self.thumbnails += [bytes(one) for one in event.thumbnails]
            self.total = event.total
        elif isinstance(event, Progress):
            self.total = event.total
            self._studio.jobs.progress(self._line, event.done, event.total, event.seconds_left, event.text)
        elif isinstance(event, Checked):
            self.report = DataReport.of(self.pictures, event)
            self.pictures = list(self.report.pictures)
            self.counts = self.report.counts
            self._with = {
                kind: tuple(one.file for one in self.pictures if one.has(kind)) for kind in self.counts
            }
        elif isinstance(event, Finished | Failed):
            self.looking = False
            self._studio.jobs.end(self._line)
            if isinstance(event, Failed) and event.kind != "cancelled":
                self._failed(self._studio.engine_reason(event))
        self.changed.emit()

    def _failed(self, reason: str) -> None:
        """A folder of test pictures that cannot be used is said, and it is tested on what was chosen before; else nothing could be
        chosen any more."""
        if not self.test_folder:
            self.problem = reason
            return
        self._studio.tell(
            notices.Notice(kind="error", text=notices.NOT_TESTED_ON, arguments={"reason": reason})
        )
        (share, folder), self._before = self._before, (0.0, "")
        self.decisions = replace(self.decisions, validation=share)
        self.look(self.folder, folder, self.decisions.side)
        self._keep()

    # ── deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def decide(self, **changes: Any) -> None:
        """Changes fields of the decisions."""
        decided = replace(self.decisions, **changes)
        if decided != self.decisions:
            self.decisions = decided
            self._keep()
            self.changed.emit()

    def _keep(self) -> None:
        kept = Kept(folder=self.folder, test_folder=self.test_folder, decisions=self.decisions)
        self._studio.files_lane.submit(
            lambda: keep(kept), label="training pictures", priority=Priority.background,
            replace="training pictures",
        )  # fmt: skip

    def hold_out(self, share: float, test_folder: str = "") -> None:
        """Tests on a share of each class, or on the pictures of another folder."""
        before = (self.decisions.validation, self.test_folder)
        self.decide(validation=0.0 if test_folder else share)
        if test_folder != self.test_folder:
            self._before = before
            self.look(self.folder, test_folder, self.decisions.side)
            self._keep()

    def leave_out(self, files: Iterable[str]) -> None:
        files = set(files)
        excluded = {*self.decisions.excluded, *files}
        self.decide(
            excluded=tuple(sorted(excluded)),
            included=tuple(file for file in self.decisions.included if file not in files),
        )

    def take_in(self, files: Iterable[str]) -> None:
        """Includes files again, also those that the doctor leaves out by itself."""
        files = set(files)
        advised = {one.file for one in self.pictures if one.file in files and one.has(*LEFT_OUT)}
        self.decide(
            excluded=tuple(file for file in self.decisions.excluded if file not in files),
            included=tuple(sorted({*self.decisions.included, *advised})),
        )

    def draw_crop(self, file: str, crop: Crop | None) -> None:
        """A crop by hand, in parts of the picture; None gives the picture back to the policy."""
        crops = {name: old for name, old in self.decisions.crops.items() if name != file}
        self.decide(crops=crops if crop is None else {**crops, file: crop})

    def files_with(self, kind: Kind) -> tuple[str, ...]:
        return self._with.get(kind, ())

    @property
    def out(self) -> frozenset[str]:
        """Files that are not trained on; found once for each state of pictures and decisions."""
        state = (self.decisions, len(self.pictures) + (self.report is not None))
        if self._out[0] is not state[0] or self._out[1] != state[1]:
            excluded = frozenset(self.decisions.excluded)
            flawed = [one for one in self.pictures if one.findings]
            left = frozenset(one.file for one in flawed if one.has(*LEFT_OUT))
            unread = frozenset(one.file for one in flawed if not one.usable)
            self._out = (*state, excluded | (left - frozenset(self.decisions.included)) | unread)
        return self._out[2]

    @property
    def held_out(self) -> int:
        """How many pictures are only tested on: the share, those of a folder of tests, and none that are left out."""
        out = self.out
        if self._held[0] is not self._out:
            stay = [one for one in self.pictures if one.file not in out]
            tests = sum(one.split != "train" for one in stay)
            share = len(self.decisions.held_out(stay)) if self.decisions.validation else 0
            self._held = (self._out, tests + share)
        return self._held[1]

    # ── previewing ───────────────────────────────────────────────────────────────────────────────────────────────────
    def preview(self, file: str) -> None:
        """Asks for the training squares of one picture; the newest question counts."""
        if self._studio.engine is None or not self.folder:
            return
        life = self._life

        def arrived(event: Event) -> None:
            if isinstance(event, Squares) and life == self._life:
                self.previewed = (event.file, event.count, event.pixels.array())
                self.preview_changed.emit()

        request = PreviewData(folder=self.folder, files=(file,), decisions=self.decisions)
        self._studio.engine.submit(
            request, priority=Priority.normal, replace="training preview", on_event=arrived
        )
