"""Opening a picture so large that it goes through its journal, beside the files lane."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

from studio.document.document import NEW_PICTURE
from studio.document.history import new_revision_id
from studio.workspace.opened import POLL_SECONDS, Opened, Work

if TYPE_CHECKING:
    from studio.project.strips import Streamed


class Spooling:
    """A very large picture goes through its journal, which then holds it as the only step; ``done``: 0 to 1."""

    def __init__(self, large: Streamed, path: str, stopped: Callable[[], bool]) -> None:
        self._large, self._path, self._stopped = large, path, stopped
        self.done = 0.0

    def work(self) -> Work:
        """Yields how much is done; returns an :class:`Opened`, or None when it was stopped.

        The minute that it takes is spent beside the lane, so that the steps painted meanwhile are written at once.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="open") as beside:
            future = beside.submit(self._run)
            shown = -1.0
            while not future.done():
                shown, now = self.done, shown
                yield shown if shown != now else None
                wait((future,), timeout=POLL_SECONDS)
        return future.result()

    def _run(self) -> Opened | None:
        from studio.project.archive import Entry
        from studio.project.journal import Journal
        from studio.project.spool import Spooled

        name = Path(self._path).stem
        journal = Journal.create(title=name)
        kept = False
        try:
            spooled = Spooled(self._large, name, journal)
            for done in spooled:
                self.done = done
                if self._stopped():
                    return None
            entry = Entry(id=new_revision_id(), parent=None, label=NEW_PICTURE, time=time.time())
            artwork = spooled.artwork
            journal.write(artwork, entry)
            journal.set_meta(saved=entry.id)
            opened = Opened(artwork, journal)
            opened.mips = spooled.mips
            kept = True
            return opened
        finally:
            if not kept:
                journal.discard()
