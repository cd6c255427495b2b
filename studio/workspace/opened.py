"""What opening a file found, which the files lane hands to the window."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from studio.document.artwork import Artwork
from studio.document.document import HistoryEntry
from studio.project.earlier import NOTHING

if TYPE_CHECKING:
    from studio.project.archive import Report
    from studio.project.journal import Journal
    from studio.project.spool import Mips

POLL_SECONDS = 0.004
"""How often the lane looks whether work of a thread beside it is done."""
Work = Generator[Any, None, Any]


class Opened:
    """What opening found: an artwork alone (a picture file), or one with journal and history.

    ``lost``: names of damaged layers; ``steps_back``: how many steps before the last one had to be taken instead;
    ``restored``: it comes from a journal that was left unsaved; ``saved_step``: the step that its file holds;
    ``salvaged``: it is what a damaged file still held, which is no file to save over; ``raw``: it comes from the sensor and
    is to be developed; ``half``: at half its size, all of it comes later.
    """

    def __init__(
        self,
        artwork: Artwork,
        journal: Journal | None = None,
        report: Report | None = None,
        restored: bool = False,
    ) -> None:
        self.artwork = artwork
        self.journal = journal
        self.lost = (*report.gone, *report.holes) if report else ()
        self.steps_back = report.steps_back if report else 0
        self.restored = restored
        self.title = ""
        self.salvaged = False
        self.raw = False
        self.half = False
        self.modified = False
        self.saved_step = ""
        self.entries: tuple[HistoryEntry, ...] = ()
        self.cursor: int | None = None
        self.mips: Mips = {}
        self.small = journal.archive.thumbnail() if journal is not None else b""
        self.earlier = journal.archive.earlier() if journal is not None else NOTHING
        if journal is not None:
            self._read_history(journal)

    def _read_history(self, journal: Journal) -> None:
        self.title = str(journal.meta("title", "") or "")
        self.modified = journal.modified
        self.saved_step = str(journal.meta("saved") or "")
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
