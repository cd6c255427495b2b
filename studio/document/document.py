"""The one mutable cell of an open picture. Only the UI thread calls it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from psygnal import Signal

from studio.document.artwork import Artwork
from studio.document.changes import ReachOf, changed
from studio.document.errors import PreviewBusy
from studio.document.history import (
    DEFAULT_BUDGET,
    Edit,
    History,
    HistoryEntry,
    Loader,
    Revision,
    new_revision_id,
)
from studio.raster.geometry import Region
from studio.recipe import QT_TRANSLATE_NOOP

__all__ = ["Document", "HistoryEntry", "PreviewBusy", "Revision"]

NEVER = ("", 0)
NEW_PICTURE = QT_TRANSLATE_NOOP("history", "New picture")


class Document:
    """An open picture: the committed artwork, at most one preview over it, and its history.

    Signals: ``changed(Region)`` whenever ``artwork`` is another object — the region, in document pixels, may be empty
    (a name changed); ``history_changed()`` after each change of steps, cursor, or saved state;
    ``committed_signal(Revision)`` after each commit, undo, redo, amendment and addition, for the journal.
    """

    changed = Signal(Region)
    history_changed = Signal()
    committed_signal = Signal(Revision)

    def __init__(
        self,
        artwork: Artwork,
        label: str = NEW_PICTURE,
        *,
        entries: Sequence[HistoryEntry] = (),
        cursor: int | None = None,
        loader: Loader | None = None,
        budget: int = DEFAULT_BUDGET,
        saved: bool = True,
        reach_of: ReachOf | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``entries`` and ``cursor``: the history of a reopened picture, whose entry at ``cursor`` is ``artwork``."""
        self._clock = clock
        self._reach_of = reach_of
        if not entries:
            entries = [
                HistoryEntry(label=label, time=clock(), revision_id=new_revision_id(), artwork=artwork)
            ]
        place = len(entries) - 1 if cursor is None else cursor
        self._history = History(entries, place, loader, budget)
        if self._history.current.artwork is not artwork:
            self._history.amend(artwork)
        self._preview: Artwork | None = None
        self._owner: str | None = None
        self._draft = ""
        self._gestures = 0
        self._waiting: list[tuple[Callable[[], None], str | None]] = []
        self._running = False
        self._saved = self._as_it_is() if saved else NEVER

    @property
    def artwork(self) -> Artwork:
        """What is shown: the pending preview, else the committed artwork."""
        return self.committed if self._preview is None else self._preview

    @property
    def committed(self) -> Artwork:
        artwork = self._history.current.artwork
        assert artwork is not None, "the step at the cursor is never dropped"
        return artwork

    @property
    def preview_owner(self) -> str | None:
        """Whose preview pends."""
        return self._owner

    def preview(self, owner: str, artwork: Artwork, region: Region | None = None) -> None:
        """Shows ``artwork`` without a step. ``region``: what changed since the last preview, when the caller knows it.

        Raises PreviewBusy while another owner's preview pends.
        """
        self._check_owner(owner)
        before = self.artwork
        self._owner, self._preview = owner, artwork
        self._show(before, region)

    def revert(self, owner: str) -> None:
        """Takes back the preview of ``owner``; nothing happens when it has none."""
        if self._owner != owner:
            return
        before = self.artwork
        self._owner = self._preview = None
        self._show(before)
        self._forget_draft()
        self._run_waiting()

    def safeguard(self, owner: str, label: str) -> None:
        """Lets the journal keep the pending preview of ``owner`` as if it were a step, so that a crash brings it back.

        For what pends long: typing. Nothing changes here; the next commit or revert takes the journal back to its way.
        """
        if self._owner != owner or self._preview is None:
            return
        self._draft = self._draft or new_revision_id()
        ids = tuple(one.revision_id for one in self._history.entries[: self.cursor + 1])
        draft = Revision(
            id=self._draft,
            parent=ids[-1],
            label=label,
            time=self._clock(),
            artwork=self._preview,
            cursor=self.cursor + 1,
            history=(*ids, self._draft),
        )
        self.committed_signal.emit(draft)

    def _forget_draft(self) -> None:
        if self._draft:
            self._draft = ""
            self.committed_signal.emit(self._revision(new=False))

    def commit(self, label: str, artwork: Artwork | None = None, owner: str | None = None) -> None:
        """Makes ``artwork`` (default: the pending preview of ``owner``) the next undo step.

        ``label`` is English source text in context ``history``. An artwork that is already the committed one makes no
        step. Raises PreviewBusy while a preview of another owner pends.
        """
        self._check_owner(owner)
        new = artwork if artwork is not None else self._preview
        before = self.artwork
        self._owner = self._preview = None
        if new is None or new is self.committed:
            self._show(before)
            self._forget_draft()
        else:
            self._draft = ""
            entry = HistoryEntry(label=label, time=self._clock(), revision_id=new_revision_id(), artwork=new)
            self._history.append(entry)
            self._show(before)
            self._moved(new=True)
        self._run_waiting()

    def amend(self, artwork: Artwork) -> None:
        """Replaces the committed artwork without a step: what nobody would undo, such as the active layer."""
        self._check_owner(None)
        before = self.artwork
        if artwork is before:
            return
        self._history.amend(artwork)
        self._history.mark_changed(self._history.current.revision_id)
        self._show(before)
        self.committed_signal.emit(self._revision(new=True))

    def amend_since(self, revision_id: str, edit: Edit) -> bool:
        """Adds to a step and to all later ones, also those that were undone: what comes late belongs to the step that
        asked for it, so that undo takes it away with that step and redo brings it back. No step of its own.

        ``edit`` is applied to each of these artworks and may leave any as it is. Returns whether it changed one. Raises
        PreviewBusy, what ``edit`` raises, or what the loader raises; nothing is changed then.
        """
        self._check_owner(None)
        before = self.artwork
        grown = self._history.amend_since(revision_id, edit)
        if not grown:
            return False
        self._show(before)
        self.history_changed.emit()
        self.committed_signal.emit(replace(self._revision(new=False), grown=grown))
        return True

    def _check_owner(self, owner: str | None) -> None:
        if self._owner is not None and owner != self._owner:
            raise PreviewBusy(self._owner, owner or "commit")

    def _show(self, before: Artwork, region: Region | None = None) -> None:
        if self.artwork is not before:
            self.changed.emit(changed(before, self.artwork, self._reach_of) if region is None else region)

    def _revision(self, new: bool) -> Revision:
        entries, cursor = self._history.entries, self._history.cursor
        entry = entries[cursor]
        parent = entries[cursor - 1].revision_id if cursor else None
        return Revision(
            id=entry.revision_id,
            parent=parent,
            label=entry.label,
            time=entry.time,
            artwork=self.committed,
            cursor=cursor,
            history=tuple(one.revision_id for one in entries),
            new=new,
            additions=entry.additions,
            undone_seconds=self._history.undone_seconds,
        )

    def _moved(self, new: bool) -> None:
        self.history_changed.emit()
        self.committed_signal.emit(self._revision(new))

    @property
    def step(self) -> str:
        """Id of the current step's revision."""
        return self._history.current.revision_id

    @property
    def revision(self) -> Revision:
        """The current step as the journal wants it: for the first write of a new or opened picture."""
        return self._revision(new=True)

    @property
    def gesture_open(self) -> bool:
        """True from pen-down to pen-up."""
        return self._gestures > 0

    def begin_gesture(self) -> None:
        self._gestures += 1

    def end_gesture(self) -> None:
        """Ends a gesture; what waited for it runs now."""
        assert self._gestures > 0, "no gesture is open"
        self._gestures -= 1
        self._run_waiting()

    def is_idle(self, owner: str | None = None) -> bool:
        """True when no gesture is open and nobody's preview pends but that of ``owner``."""
        return not self._gestures and (self._owner is None or self._owner == owner)

    def when_idle(self, call: Callable[[], None], owner: str | None = None) -> None:
        """Runs ``call`` at once, or when the gesture ended and no preview but that of ``owner`` pends; in order."""
        self._waiting.append((call, owner))
        self._run_waiting()

    def _run_waiting(self) -> None:
        if self._running:  # a call that commits: it comes to its end before the next one begins
            return
        self._running = True
        try:
            index = 0
            while index < len(self._waiting):
                call, owner = self._waiting[index]
                if not self.is_idle(owner):
                    index += 1
                    continue
                del self._waiting[index]
                call()
                index = 0
        finally:
            self._running = False

    @property
    def undone_seconds(self) -> float:
        """How long was worked on steps that were undone and are gone, since the picture was opened."""
        return self._history.undone_seconds

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """All steps, oldest first; those after the cursor can be redone."""
        return self._history.entries

    @property
    def cursor(self) -> int:
        return self._history.cursor

    @property
    def resident_bytes(self) -> int:
        """Bytes of tiles that the history holds in memory, shared ones counted once."""
        return self._history.resident_bytes

    @property
    def can_undo(self) -> bool:
        return self.is_idle() and self.cursor > 0

    @property
    def can_redo(self) -> bool:
        return self.is_idle() and self.cursor + 1 < len(self._history.entries)

    def undo(self) -> None:
        """One step back; nothing happens at the first step, during a gesture or while a preview pends."""
        if self.can_undo:
            self.go_to(self.cursor - 1)

    def redo(self) -> None:
        if self.can_redo:
            self.go_to(self.cursor + 1)

    def go_to(self, index: int) -> None:
        """Moves the cursor to a step. Raises IndexError, PreviewBusy, or what the loader raises (nothing moved then)."""
        if not 0 <= index < len(self._history.entries):
            raise IndexError(f"there is no step {index}")
        self._check_owner(None)
        if index == self.cursor or self._gestures:
            return
        before = self.artwork
        self._history.artwork_at(index)
        self._history.cursor = index
        self._history.trim()
        self._show(before)
        self._moved(new=False)

    def set_budget(self, budget: int) -> None:
        """Bytes that all steps together may hold in memory, as far as the journal has them."""
        self._history.set_budget(budget)

    def mark_stored(self, revision_id: str) -> None:
        """The journal has the revision on disk: its artwork may leave the memory when the budget asks for it."""
        self._history.mark_stored(revision_id)

    def mark_written(self, revision: Revision) -> None:
        """The journal has written what ``committed_signal`` told. A step that has changed since is not on disk yet."""
        for entry in revision.grown:
            self._history.mark_stored(entry.revision_id, entry.artwork)
        if not revision.grown:
            self._history.mark_stored(revision.id, revision.artwork)

    def _as_it_is(self) -> tuple[str, int]:
        return self._history.current.revision_id, self._history.current.additions

    @property
    def modified(self) -> bool:
        """True when the current step is not the saved one, or something was added to it since."""
        return self._as_it_is() != self._saved

    def mark_saved(self, revision_id: str | None = None, additions: int = 0) -> None:
        """The project file holds this step (default: the current one) as it was after so many additions."""
        self._saved = self._as_it_is() if revision_id is None else (revision_id, additions)
        self.history_changed.emit()

    def let_go(self) -> None:
        """The picture was closed: nobody listens any more and no dropped step is read again."""
        for signal in (self.changed, self.history_changed, self.committed_signal):
            signal.disconnect()
        self._history.let_go()
