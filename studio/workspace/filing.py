"""Files: opening, saving, exporting, and the journal that keeps every step; all of it on the files lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.document.artwork import Artwork
from studio.document.document import HistoryEntry, Revision
from studio.document.layer import Variant
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.messages.requests import Generate
from studio.project.errors import ProjectError
from studio.project.options import ExportOptions
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace import notices
from studio.workspace.notices import Notice
from studio.workspace.picture import Picture

if TYPE_CHECKING:
    from studio.project.journal import Journal
    from studio.project.recovery import Recoverable
    from studio.workspace.studio import Studio

THUMBNAIL = 320
THUMBNAIL_SECONDS = 5.0
OPENING = QT_TRANSLATE_NOOP("jobs", "Opening {file}")
SAVING = QT_TRANSLATE_NOOP("jobs", "Saving {file}")
EXPORTING = QT_TRANSLATE_NOOP("jobs", "Exporting {file}")
PROJECT_SUFFIX = ".danqing"

Work = Generator[Any, None, Any]


class Filing:
    """What the studio asks of files. Results and failures come back on the UI thread."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._thumbnails: dict[int, float] = {}
        self.too_large = ""

    # opening

    def open(self, path: str, allow_large: bool = False) -> None:
        """Opens a project or picture in the background; an unsaved journal of the same file is preferred to the file."""
        path = str(Path(path).absolute())
        already = next((picture for picture in self._studio.pictures if picture.path == path), None)
        if already is not None:
            self._studio.choose(already)
            return
        line = self._studio.jobs.begin(OPENING, {"file": Path(path).name})

        def finished(event: object) -> None:
            self._studio.jobs.end(line)
            if isinstance(event, JobFinished):
                self._opened(event.result, path)
            elif isinstance(event, JobFailed):
                self._not_opened(event, path)

        work = partial(_open, path, allow_large)
        self._studio.files_lane.submit(work, label="open", priority=Priority.live, on_event=finished)

    def _opened(self, opened: _Opened, path: str) -> None:
        if opened.journal is None:
            self._studio.show(opened.artwork, title=Path(path).stem, path="")
        else:
            self._continue(opened, path if path.endswith(PROJECT_SUFFIX) else "")
        self._studio.change_settings(recent=self._studio.settings.with_recent(path).recent)
        if opened.lost:
            lost = ", ".join(opened.lost)
            arguments = {"file": Path(path).name, "layers": lost}
            self._studio.tell(Notice(kind="warn", text=notices.OPENED_DAMAGED, arguments=arguments))

    def _not_opened(self, event: JobFailed, path: str) -> None:
        error = event.error
        if isinstance(error, ProjectError) and error.kind == "too_large_confirm":
            self.too_large = path
            arguments = {"file": Path(path).name, "reason": self.sentence(error)}
            self._studio.tell(
                Notice(kind="warn", text=notices.NOT_OPENED, arguments=arguments, action="open-anyway")
            )
            return
        self._failed(event, notices.NOT_OPENED, path)

    def open_anyway(self) -> None:
        """Opens the picture that was asked about because of its size."""
        path, self.too_large = self.too_large, ""
        if path:
            self.open(path, allow_large=True)

    def _continue(self, opened: _Opened, path: str) -> Picture:
        """A picture that has a history in its journal: undo goes on where it was."""
        assert opened.journal is not None
        title = Path(path).stem if path else opened.title
        picture = Picture(
            opened.artwork, title=title, path=path, settings=self._studio.settings, journal=opened.journal,
            entries=opened.entries, cursor=opened.cursor, saved=not opened.modified,
        )  # fmt: skip
        picture.document.committed_signal.connect(partial(self._record, picture))
        self._studio.add(picture)
        self._studio.files_lane.submit(
            partial(_adopt, opened.journal), label="adopt", priority=Priority.background
        )
        return picture

    # the journal

    def begin_journal(self, picture: Picture) -> None:
        """A journal for a new picture, with its first step."""
        picture.document.committed_signal.connect(partial(self._record, picture))
        revision = picture.document.revision
        self._submit(picture, partial(_begin, picture, picture.title, revision))

    def _record(self, picture: Picture, revision: Revision) -> None:
        self._submit(picture, partial(_write, picture, revision))
        if time.monotonic() - self._thumbnails.get(id(picture), 0.0) > THUMBNAIL_SECONDS:
            self._thumbnails[id(picture)] = time.monotonic()
            work = partial(_thumbnail, picture, revision.artwork)
            self._studio.files_lane.submit(
                work, label="thumbnail", priority=Priority.background, replace=f"thumb{id(picture)}"
            )

    def keep_result(self, picture: Picture, variant: Variant, request: Generate) -> None:
        """Each generated picture is on disk when it arrives, whatever becomes of it."""
        values = {
            "sliders": dict(request.sliders),
            "variety": request.variety,
            "size": request.size,
            "model": request.model,
        }
        recipe = Stored(name="generate", version=1, parameters=values)
        self._submit(picture, partial(_keep_result, picture, variant, recipe))

    def _submit(self, picture: Picture, work: Callable[[], Work]) -> None:
        def finished(event: object) -> None:
            if isinstance(event, JobFinished) and event.result:
                picture.document.mark_stored(event.result)
            elif isinstance(event, JobFailed):
                self._failed(event, notices.JOURNAL_FAILED, picture.title)

        self._studio.files_lane.submit(work, label="journal", priority=Priority.normal, on_event=finished)

    def end_journal(self, picture: Picture) -> None:
        """Closing: an unsaved picture's journal stays and brings it back, a saved one's is not needed any more."""
        keep = picture.modified or not picture.path
        touched = len(picture.document.history) > 1 or bool(picture.path)
        self._thumbnails.pop(id(picture), None)
        self._submit(picture, partial(_end, picture, keep and touched))

    # saving

    def save(self, picture: Picture, path: str) -> None:
        """Saves the project with its whole history; a failure leaves the old file as it was."""
        self._studio.settle()
        self._studio.filtering.keep_results(picture)
        path = path if path.endswith(PROJECT_SUFFIX) else path + PROJECT_SUFFIX
        revision = picture.document.revision
        line = self._studio.jobs.begin(SAVING, {"file": Path(path).name})

        def finished(event: object) -> None:
            self._studio.jobs.end(line)
            if isinstance(event, JobFinished):
                picture.document.mark_saved(revision.id)
                picture.rename(Path(path).stem, str(Path(path).absolute()))
                self._studio.change_settings(recent=self._studio.settings.with_recent(path).recent)
                self._studio.tell(
                    Notice(kind="done", text=notices.SAVED, arguments={"file": Path(path).name})
                )
                self._studio.pictures_changed.emit()
            elif isinstance(event, JobFailed):
                self._failed(event, notices.NOT_SAVED, path)

        work = partial(_save, picture, revision.artwork, path)
        self._studio.files_lane.submit(work, label="save", priority=Priority.normal, on_event=finished)

    def export(self, picture: Picture, path: str, options: ExportOptions | None = None) -> None:
        """Writes the flattened picture (or OpenRaster with its layers) in the format of the ending."""
        self._studio.settle()
        artwork = picture.document.artwork
        line = self._studio.jobs.begin(EXPORTING, {"file": Path(path).name})

        def finished(event: object) -> None:
            self._studio.jobs.end(line)
            if isinstance(event, JobFinished):
                arguments = {"file": Path(path).name, "layers": ", ".join(event.result or ())}
                text = notices.EXPORTED_WITHOUT if event.result else notices.EXPORTED
                self._studio.tell(Notice(kind="done", text=text, arguments=arguments))
            elif isinstance(event, JobFailed):
                self._failed(event, notices.NOT_EXPORTED, path)

        work = partial(_export, picture, artwork, path, options)
        self._studio.files_lane.submit(work, label="export", priority=Priority.normal, on_event=finished)

    # recovery

    def recoverable(self, found: Callable[[list[Recoverable]], None]) -> None:
        """Looks in the background for pictures that live only in journals; ``found`` gets them, newest first."""

        def finished(event: object) -> None:
            if isinstance(event, JobFinished):
                found(event.result)

        self._studio.files_lane.submit(
            _recoverable, label="recovery", priority=Priority.normal, on_event=finished
        )

    def recover(self, item: Recoverable) -> None:
        """Opens a journal that an earlier session left behind, with its whole history."""
        line = self._studio.jobs.begin(OPENING, {"file": item.title})

        def finished(event: object) -> None:
            self._studio.jobs.end(line)
            if isinstance(event, JobFinished):
                self._continue(event.result, item.source)
                self._studio.tell(
                    Notice(kind="done", text=notices.RECOVERED, arguments={"title": item.title})
                )
            elif isinstance(event, JobFailed):
                self._failed(event, notices.NOT_OPENED, item.title)

        work = partial(_recover, str(item.path))
        self._studio.files_lane.submit(work, label="recover", priority=Priority.live, on_event=finished)

    def discard(self, item: Recoverable) -> None:
        """Deletes a journal for good, when the artist said so."""
        self._studio.files_lane.submit(partial(_discard, str(item.path)), label="discard")

    # words

    def sentence(self, error: Exception) -> str:
        """What happened, in the artist's language; a failure of ours is named as what it is."""
        if isinstance(error, ProjectError):
            name = Path(error.file).name or error.file
            return self._studio.translate("project", error.sentence).format(file=name, **error.arguments)
        return f"{type(error).__name__}: {error}"

    def _failed(self, event: JobFailed, text: str, path: str) -> None:
        arguments = {"file": Path(path).name, "reason": self.sentence(event.error)}
        self._studio.tell(Notice(kind="error", text=text, arguments=arguments, details=event.details))


# Work on the files lane. Generators: what they return is the job's result.


class _Opened:
    """What opening found: an artwork alone (a picture file), or one with journal and history."""

    def __init__(self, artwork: Artwork, journal: Journal | None = None, lost: tuple[str, ...] = ()) -> None:
        self.artwork = artwork
        self.journal = journal
        self.lost = lost
        self.title = ""
        self.modified = False
        self.entries: tuple[HistoryEntry, ...] = ()
        self.cursor: int | None = None
        if journal is not None:
            self._read_history(journal)

    def _read_history(self, journal: Journal) -> None:
        self.title = str(journal.meta("title", "") or "")
        self.modified = journal.modified
        shown = journal.cursor
        self.entries = tuple(
            HistoryEntry(
                label=entry.label, time=entry.time, revision_id=str(entry.id),
                artwork=self.artwork if entry.id == shown else None,
            )
            for entry in journal.entries
        )  # fmt: skip
        names = [entry.revision_id for entry in self.entries]
        self.cursor = names.index(str(shown)) if str(shown) in names else None


def _open(path: str, allow_large: bool) -> Work:
    from studio.project import load, recovery
    from studio.project.project_file import open_as_journal

    for item in recovery.list_journals():
        if item.source == path and item.modified and not item.problem:
            return _from_journal(str(item.path))
    yield None
    if load.is_project(path):
        journal, opened = open_as_journal(path)
        return _Opened(opened.artwork, journal, (*opened.report.gone, *opened.report.holes))
    return _Opened(load.open_any(path, allow_large=allow_large))


def _from_journal(path: str) -> _Opened:
    from studio.project.journal import Journal

    journal = Journal.open(path)
    artwork, report = journal.artwork()
    return _Opened(artwork, journal, (*report.gone, *report.holes))


def _recover(path: str) -> Work:
    yield None
    return _from_journal(path)


def _recoverable() -> Work:
    from studio.project import recovery

    yield None
    return [
        item for item in recovery.list_journals() if item.modified and not item.problem and item.steps > 1
    ]


def _discard(path: str) -> Work:
    from studio.project import recovery

    yield None
    recovery.discard(path)


def _begin(picture: Picture, title: str, revision: Revision) -> Work:
    from studio.project.journal import Journal

    picture.journal = Journal.create(title=title)
    yield None
    picture.journal.commit(revision)
    return revision.id


def _write(picture: Picture, revision: Revision) -> Work:
    yield from ()
    if picture.journal is not None:
        picture.journal.commit(revision)
        return revision.id
    return ""


def _keep_result(picture: Picture, variant: Variant, recipe: Stored) -> Work:
    yield from ()
    if picture.journal is not None:
        picture.journal.add_result(variant, recipe)


def _adopt(journal: Journal) -> Work:
    yield from journal.adopt_tiles()


def _thumbnail(picture: Picture, artwork: Artwork) -> Work:
    yield from ()
    if picture.journal is not None:
        picture.journal.write_thumbnail(_thumbnail_png(picture, artwork))


def _thumbnail_png(picture: Picture, artwork: Artwork) -> bytes:
    from studio.project.png import encode_png

    return b"".join(encode_png(picture.renderer.thumbnail(artwork, THUMBNAIL)))


def _save(picture: Picture, artwork: Artwork, path: str) -> Work:
    from studio.project.project_file import save

    yield None
    if picture.journal is None:
        raise ProjectError("missing", path)
    save(picture.journal, path, thumbnail=_thumbnail_png(picture, artwork))


def _export(picture: Picture, artwork: Artwork, path: str, options: ExportOptions | None) -> Work:
    yield None
    for job in picture.renderer.whole_jobs(artwork):
        yield from job.steps
    if path.lower().endswith(".ora"):
        from studio.project.ora_write import write_ora

        return tuple(kept.name for kept in write_ora(artwork, picture.renderer.flatten, path))
    from studio.project.export import export_artwork

    export_artwork(artwork, picture.renderer.flatten, path, options)
    return ()


def _end(picture: Picture, keep: bool) -> Work:
    yield from ()
    journal, picture.journal = picture.journal, None
    if journal is None:
        return
    if keep:
        journal.close()
    else:
        journal.discard()
