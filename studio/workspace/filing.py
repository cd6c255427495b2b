"""Files: opening, saving, exporting, and the journal that keeps every step; all of it on the files lane."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from studio.document.artwork import Artwork
from studio.document.document import Revision
from studio.document.errors import EditError
from studio.document.layer import Variant
from studio.filters.kind import NoEngineError
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.messages.requests import Generate
from studio.project.errors import ProjectError
from studio.project.options import ExportOptions
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace import file_work, notices
from studio.workspace.asking import EngineFailed
from studio.workspace.file_work import PROJECT_SUFFIX
from studio.workspace.notices import Notice
from studio.workspace.opened import Opened, Work
from studio.workspace.picture import Picture
from studio.workspace.results import classes_of
from studio.workspace.spooling import Spooling

if TYPE_CHECKING:
    from studio.project.recovery import Recoverable
    from studio.workspace.studio import Studio

THUMBNAIL_SECONDS = 5.0
THUMBNAIL_RESTS = 20.0
"""Times that it took to make the small picture of a picture, before the next one is made."""
OPENING = QT_TRANSLATE_NOOP("jobs", "Opening {file}")
DAMAGED_PICTURE = QT_TRANSLATE_NOOP("notices", "Damaged picture")
"""What a journal is called that has lost its own title."""
SAVING = QT_TRANSLATE_NOOP("jobs", "Saving {file}")
EXPORTING = QT_TRANSLATE_NOOP("jobs", "Exporting {file}")


class _Opening(msgspec.Struct):
    """A file on its way. ``stopped``: nobody waits for it any more."""

    line: int = 0
    stopped: bool = False
    began: float = 0.0

    def seconds_left(self, done: float) -> float:
        """Judged by what was done so far; −1 while that says nothing."""
        self.began = self.began or time.monotonic()
        return (time.monotonic() - self.began) * (1 - done) / done if done > 0.02 else -1.0


class Filing:
    """What the studio asks of files. Results and failures come back on the UI thread."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._thumbnails: dict[int, float] = {}
        self._opening: dict[str, _Opening] = {}
        self._halves: dict[str, tuple[Picture, Artwork]] = {}
        self.too_large = ""

    # opening

    def open(self, path: str, allow_large: bool = False) -> None:
        """Opens a project or picture in the background; an unsaved journal of the same file is preferred to the file.

        What is open or on its way already is not opened a second time; of a picture file that was changed since, a
        fresh copy is opened beside it.
        """
        path = str(Path(path).absolute())
        already = next((one for one in self._studio.pictures if _is_open_as(one, path)), None)
        if already is not None:
            self._studio.choose(already)
            return
        self._begin_opening(
            path,
            Path(path).name,
            lambda opening: partial(file_work.opened, path, allow_large, lambda: opening.stopped),
            lambda result: self._opened(result, path),
            lambda event: self._not_opened(event, path),
        )

    def _begin_opening(
        self,
        key: str,
        name: str,
        work: Callable[[_Opening], Callable[[], Work]],
        opened: Callable[[Opened], None],
        failed: Callable[[JobFailed], None],
    ) -> None:
        """Submits ``work`` unless ``key`` is on its way already; its line in the jobs can be stopped."""
        if key in self._opening:
            return
        opening = self._opening[key] = _Opening()
        opening.line = self._studio.jobs.begin(OPENING, {"file": name}, stop=partial(self._stop_opening, key))

        def finished(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(
                    opening.line, round(1000 * event), 1000, opening.seconds_left(event)
                )
            if isinstance(event, Opened):
                self._when_idle(lambda: opened(event) if self._opening.get(key) is opening else None)
            if not isinstance(event, JobFinished | JobFailed):
                return
            if isinstance(event, JobFinished) and isinstance(event.result, Spooling):
                work = event.result.work
                self._studio.files_lane.submit(
                    work, label="open", priority=Priority.background, on_event=finished
                )
                return
            self._when_idle(lambda: arrive(event))

        def arrive(event: JobFinished | JobFailed) -> None:
            if opening.stopped:
                self._put_away(event)
                return
            del self._opening[key]
            self._studio.jobs.end(opening.line)
            opened(event.result) if isinstance(event, JobFinished) else failed(event)

        self._studio.files_lane.submit(work(opening), label="open", priority=Priority.live, on_event=finished)

    def _when_idle(self, call: Callable[[], None]) -> None:
        """Never takes the paper from under the pen."""
        current = self._studio.current
        if current is not None and current.document.gesture_open:
            current.document.when_idle(call)
        else:
            call()

    def _stop_opening(self, key: str) -> None:
        opening = self._opening.pop(key, None)
        if opening is None:
            return
        opening.stopped = True
        self._studio.jobs.end(opening.line)
        if self._halves.pop(key, None) is not None:
            arguments = {"file": Path(key).name}
            self._studio.tell(Notice(kind="info", text=notices.OPENED_HALF, arguments=arguments))

    def stop_opening(self) -> None:
        """The studio ends: what is still on its way is put away on arrival."""
        for key in tuple(self._opening):
            self._stop_opening(key)

    def _put_away(self, event: JobFinished | JobFailed) -> None:
        result = event.result if isinstance(event, JobFinished) else None
        if not isinstance(result, Opened) or result.journal is None:
            return
        work = partial(file_work.unwanted, result.journal)
        if self._studio.files_lane.closed:  # the studio has ended, nobody else touches the journal
            for _ in work():
                pass
        else:
            self._studio.files_lane.submit(work, label="put away")

    def _opened(self, opened: Opened, path: str) -> None:
        if (half := self._halves.pop(path, None)) is not None:
            self._complete(*half, opened.artwork)
            return
        if opened.journal is None:
            artwork = self._studio.filtering.stacks.develop(opened.artwork) if opened.raw else opened.artwork
            picture = self._studio.show(artwork, title=Path(path).stem, origin=path)
            if opened.half:
                self._halves[path] = picture, opened.artwork
        else:
            own = path.endswith(PROJECT_SUFFIX) and not opened.salvaged
            picture = self._continue(opened, path if own else "")
            if opened.salvaged:
                arguments = {"file": Path(path).name}
                self._studio.tell(Notice(kind="warn", text=notices.SALVAGED, arguments=arguments))
            if opened.mips:
                picture.origin = path
            if opened.restored:
                self._studio.tell(
                    Notice(kind="info", text=notices.RECOVERED, arguments={"title": Path(path).stem})
                )
        self._studio.change_settings(recent=self._studio.settings.with_recent(path).recent)

    def _complete(self, picture: Picture, half: Artwork, whole: Artwork) -> None:
        """All pixels of a photograph that was opened at half its size: in each step since, no step of its own."""
        document = picture.document

        def put() -> None:
            if picture in self._studio.pictures:
                first = document.history[0].revision_id
                document.amend_since(first, lambda artwork: file_work.made_whole(artwork, half, whole))

        document.when_idle(put)

    def _not_opened(self, event: JobFailed, path: str) -> None:
        error = event.error
        if self._halves.pop(path, None) is not None:
            self._failed(event, notices.NOT_WHOLE, path)
            return
        if isinstance(error, ProjectError) and error.kind == "too_large_confirm":
            self.too_large = path
            said = {"reason": self.sentence(error)}
            self._studio.tell(
                Notice(kind="warn", text=notices.SAID_BY_FILE, arguments=said, action="open-anyway")
            )
            return
        self._failed(event, notices.NOT_OPENED, path)

    def open_anyway(self) -> None:
        """Opens the picture that was asked about because of its size."""
        path, self.too_large = self.too_large, ""
        if path:
            self.open(path, allow_large=True)

    def _continue(self, opened: Opened, path: str) -> Picture:
        """A picture that has a history in its journal: undo goes on where it was."""
        assert opened.journal is not None
        title = Path(path).stem if path else opened.title
        picture = Picture(
            opened.artwork, title=title, path=path, settings=self._studio.settings, journal=opened.journal,
            entries=opened.entries, cursor=opened.cursor, saved=not opened.modified,
            engine=self._studio.engine_filters,
        )  # fmt: skip
        picture.small, picture.earlier = opened.small, opened.earlier
        picture.document.mark_saved(opened.saved_step)
        if opened.mips:
            picture.renderer.seed(opened.artwork.layers[0], opened.mips)
        picture.document.committed_signal.connect(self._recorder(picture))
        self._studio.add(picture)
        told = set(opened.lost)
        if opened.lost:
            self._tell_damage(title, opened.lost)
        if opened.steps_back:
            arguments = {"file": title, "steps": str(opened.steps_back)}
            self._studio.tell(Notice(kind="warn", text=notices.OPENED_EARLIER, arguments=arguments))
        if opened.mips:  # written a moment ago: nothing to check and nothing to copy
            return picture

        def checked(event: object) -> None:
            names = _lost_names(event) - told
            told.update(names)
            if names:
                self._tell_damage(title, sorted(names))

        self._studio.files_lane.submit(
            partial(file_work.checked_and_copied, picture, opened.artwork),
            label="adopt",
            priority=Priority.background,
            on_event=checked,
        )
        return picture

    def _tell_damage(self, title: str, layers: Iterable[str]) -> None:
        arguments = {"file": title, "layers": ", ".join(layers)}
        self._studio.tell(Notice(kind="warn", text=notices.OPENED_DAMAGED, arguments=arguments))

    # the journal

    def begin_journal(self, picture: Picture) -> None:
        """A journal for a new picture, with its first step."""
        picture.document.committed_signal.connect(self._recorder(picture))
        picture.owed.append(picture.document.revision)
        self._submit(picture, partial(file_work.begun, picture, picture.title))

    def _recorder(self, picture: Picture) -> Callable[[Revision], None]:
        # no partial of a method: psygnal would keep its arguments, the picture with all its pixels, for ever
        def record(revision: Revision) -> None:
            self._record(picture, revision)

        return record

    def _record(self, picture: Picture, revision: Revision) -> None:
        picture.owed.append(revision)
        self._submit(picture, partial(file_work.written, picture))
        if time.monotonic() > self._thumbnails.get(id(picture), 0.0):
            self._keep_thumbnail(picture, revision)

    def _keep_thumbnail(self, picture: Picture, revision: Revision) -> None:
        """One at a time, and none for a while after it: that of a very large picture takes seconds, in which no step is written."""
        key = id(picture)
        self._thumbnails[key] = math.inf

        def kept(event: object) -> None:
            if key in self._thumbnails:  # the picture is still open
                seconds = event.result if isinstance(event, JobFinished) else 0.0
                rest = max(THUMBNAIL_SECONDS, THUMBNAIL_RESTS * seconds)
                self._thumbnails[key] = time.monotonic() + rest

        self._studio.files_lane.submit(
            partial(file_work.thumbnail_kept, picture, revision),
            label="thumbnail",
            priority=Priority.background,
            on_event=kept,
        )

    def keep_result(self, picture: Picture, variant: Variant, request: Generate, size_rule: str) -> None:
        """Each generated picture is on disk when it arrives, whatever becomes of it."""
        values = {
            "sliders": dict(request.sliders),
            "variety": request.variety,
            "size": request.size,
            "model": request.model,
            "size_rule": size_rule,
            **classes_of(request),
        }
        recipe = Stored(name="generate", version=1, parameters=values)
        self._submit(picture, partial(file_work.result_kept, picture, variant, recipe))

    def _submit(self, picture: Picture, work: Callable[[], Work]) -> None:
        def finished(event: object) -> None:
            if isinstance(event, JobFinished):
                for revision in event.result or ():
                    picture.document.mark_written(revision)
            elif isinstance(event, JobFailed):
                self._failed(event, notices.JOURNAL_FAILED, picture.title, named=True)

        self._studio.files_lane.submit(work, label="journal", priority=Priority.normal, on_event=finished)

    def end_journal(self, picture: Picture) -> None:
        """Closing: an unsaved picture's journal stays and brings it back, a saved one's is not needed any more.

        A picture whose last steps cannot be written comes back into the window with a card.
        """
        keep = picture.modified or not picture.path
        touched = len(picture.document.history) > 1 or bool(picture.path)
        self._thumbnails.pop(id(picture), None)

        def finished(event: object) -> None:
            if isinstance(event, JobFailed):
                self._failed(event, notices.JOURNAL_FAILED, picture.title, named=True)
                self._studio.add(picture)
            elif isinstance(event, JobFinished):
                picture.let_go()

        work = partial(file_work.ended, picture, picture.document.committed, keep and touched)
        # an export reads tiles from the journal: then its end waits in the same row behind it
        priority = Priority.background if picture.exports else Priority.normal
        self._studio.files_lane.submit(work, label="journal", priority=priority, on_event=finished)

    # saving

    def _when_whole(self, call: Callable[[], None]) -> None:
        """Runs ``call`` at once, or when the render lane has laid the rest of the last stroke: the window does not wait for it."""
        current = self._studio.current
        if current is not None and self._studio.painting.ending.pends:
            current.document.when_idle(call)
        else:
            call()

    def save(self, picture: Picture, path: str, *, only_if_unchanged: bool = False) -> None:
        """Saves the project with its whole history; a failure leaves the old file as it was.

        ``only_if_unchanged``: a file that another program wrote meanwhile is left alone, and the artist is told.
        """
        self._when_whole(lambda: self._save(picture, path, only_if_unchanged))

    def _save(self, picture: Picture, path: str, only_if_unchanged: bool) -> None:
        self._studio.settle()
        if picture.document.is_idle():
            self._studio.filtering.keep_results(picture)
        path = str(Path(path if path.endswith(PROJECT_SUFFIX) else path + PROJECT_SUFFIX).absolute())
        revision = picture.document.revision
        others = tuple(one for one in self._studio.pictures if one is not picture and one.path == path)

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)

        def finished(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(1000 * event), 1000)
            elif isinstance(event, JobFinished):
                self._studio.jobs.end(line)
                self._saved(picture, revision, path, others)
            elif isinstance(event, JobFailed):
                self._studio.jobs.end(line)
                self._failed(event, notices.NOT_SAVED, path)

        line = self._studio.jobs.begin(SAVING, {"file": Path(path).name}, stop)
        work = partial(file_work.saved, picture, revision, path, others, only_if_unchanged)
        job = self._studio.files_lane.submit(work, label="save", priority=Priority.normal, on_event=finished)

    def _saved(self, picture: Picture, revision: Revision, path: str, others: tuple[Picture, ...]) -> None:
        picture.document.mark_saved(revision.id, revision.additions)
        picture.rename(Path(path).stem, path)
        for other in others:
            if other in self._studio.pictures:
                other.document.mark_saved("")
                other.rename(other.title, "")
        self._studio.change_settings(recent=self._studio.settings.with_recent(path).recent)
        self._studio.tell(Notice(kind="done", text=notices.SAVED, arguments={"file": Path(path).name}))
        self._studio.pictures_changed.emit()

    def export_layer(
        self, picture: Picture, layer_id: str, path: str, options: ExportOptions | None = None
    ) -> None:
        """Writes one layer alone; one that holds values keeps its numbers."""
        self._when_whole(lambda: self._export_layer(picture, layer_id, path, options or ExportOptions()))

    def _export_layer(self, picture: Picture, layer_id: str, path: str, options: ExportOptions) -> None:
        from studio.workspace.layer_export import as_numbers, layer_alone

        self._studio.settle()
        artwork = picture.document.artwork
        layer = artwork.find(layer_id)
        if layer is None:
            return
        try:
            alone = layer_alone(artwork, layer_id)
        except EditError as error:
            self._studio.refuse(error)
            return
        self._export(picture, alone, path, as_numbers(options) if layer.data else options)

    def export(self, picture: Picture, path: str, options: ExportOptions | None = None) -> None:
        """Writes the flattened picture (or OpenRaster with its layers) in the format of the ending."""

        def begin() -> None:
            self._studio.settle()
            self._export(picture, picture.document.artwork, path, options)

        self._when_whole(begin)

    def _export(self, picture: Picture, artwork: Artwork, path: str, options: ExportOptions | None) -> None:

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)
            picture.exports -= 1

        def finished(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(1000 * event), 1000)
            if isinstance(event, JobFinished | JobFailed):
                self._studio.jobs.end(line)
                picture.exports -= 1
            if isinstance(event, JobFinished):
                arguments = {"file": Path(path).name, "layers": ", ".join(event.result or ())}
                text = notices.EXPORTED_WITHOUT if event.result else notices.EXPORTED
                self._studio.tell(Notice(kind="done", text=text, arguments=arguments))
            elif isinstance(event, JobFailed):
                self._failed(event, notices.NOT_EXPORTED, path)

        picture.exports += 1
        line = self._studio.jobs.begin(EXPORTING, {"file": Path(path).name}, stop)
        work = partial(file_work.exported, picture, artwork, path, options)
        job = self._studio.files_lane.submit(
            work, label="export", priority=Priority.background, on_event=finished
        )

    # recovery

    def recoverable(self, found: Callable[[list[Recoverable]], None]) -> None:
        """Looks in the background for pictures that live only in journals; ``found`` gets them, newest first."""

        def finished(event: object) -> None:
            if isinstance(event, JobFinished):
                damaged = self._studio.translate("notices", DAMAGED_PICTURE)
                named = (replace(one, title=damaged) if one.problem else one for one in event.result)
                found(list(named))

        self._studio.files_lane.submit(
            file_work.recoverable, label="recovery", priority=Priority.normal, on_event=finished
        )

    def recover(self, item: Recoverable) -> None:
        """Opens a journal that an earlier session left behind, with its whole history."""
        path = str(item.path)

        def opened(result: Opened) -> None:
            picture = self._continue(result, item.source)
            if item.problem:
                picture.rename(item.title, "")
            self._studio.tell(Notice(kind="done", text=notices.RECOVERED, arguments={"title": item.title}))

        self._begin_opening(
            path,
            item.title,
            lambda opening: partial(file_work.recovered, path),
            opened,
            lambda event: self._failed(event, notices.NOT_OPENED, item.title, named=True),
        )

    def discard(self, item: Recoverable) -> None:
        """Deletes a journal for good, when the artist said so."""
        self._studio.files_lane.submit(partial(file_work.discarded, str(item.path)), label="discard")

    # words

    def sentence(self, error: Exception, name: str = "") -> str:
        """What happened, in the artist's language, said of ``name`` (default: the file that the error names).

        A failure of ours is named as what it is.
        """
        if isinstance(error, ProjectError):
            name = name or Path(error.file).name or error.file
            return self._studio.translate("project", error.sentence).format(file=name, **error.arguments)
        if isinstance(error, MemoryError):
            return self._studio.translate("notices", notices.NO_MEMORY)
        if isinstance(error, EngineFailed):
            return self._studio.engine_reason(error.event)
        if isinstance(error, NoEngineError):
            title = self._studio.translate("recipe", error.title)
            return self._studio.translate("recipe", error.text).format(filter=title)
        return f"{type(error).__name__}: {error}"

    def _failed(self, event: JobFailed, text: str, path: str, named: bool = False) -> None:
        """``named``: ``path`` is a picture's title, and the file in the error one that the artist never saw."""
        name = path if named else Path(path).name
        arguments = {"file": name, "reason": self.sentence(event.error, name if named else "")}
        action = "open" if text == notices.NOT_OPENED else ""
        if getattr(event.error, "kind", "") == "changed_elsewhere":
            action = "save-as"
        if text == notices.NOT_OPENED and f"“{name}”" in arguments["reason"]:
            text = notices.SAID_BY_FILE  # the reason names the file already
        notice = Notice(kind="error", text=text, arguments=arguments, details=event.details, action=action)
        self._studio.tell(notice)


def _is_open_as(picture: Picture, path: str) -> bool:
    return picture.path == path or (picture.origin == path and not picture.modified)


def _lost_names(event: object) -> set[str]:
    """Names of damaged layers in the report that the check of an opened picture yields."""
    from studio.project.archive import Report

    return {*event.gone, *event.holes} if isinstance(event, Report) else set()
