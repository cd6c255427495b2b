"""One open picture: its document, its renderer, its journal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from psygnal import Signal

from studio.document.artwork import Artwork
from studio.document.document import Document, HistoryEntry, Revision
from studio.project.earlier import NOTHING
from studio.project.journal import Journal
from studio.render.renderer import Renderer
from studio.render.whole import EngineApply
from studio.settings import Settings
from studio.workspace import colours


class Picture:
    """``path``: the project it is saved as, empty while untitled. ``origin``: the picture file it was opened from.

    ``journal`` is None until it is open, and again when ``closed``. ``owed``: steps that are not in it yet, oldest
    first; the UI thread appends, the files lane takes. ``written``: steps written since the files lane last looked whether
    the tiles fit ``tile_budget`` bytes. ``exports``: how many are under way, reading its tiles.
    ``mask_alone``: id of the layer whose mask alone is seen, or nothing. ``tiled``: it is seen nine times, as it repeats.
    ``small``: PNG of the whole picture as it was when its file was kept, shown where nothing is drawn yet; may be empty.
    ``earlier``: what is known of the steps before the first of its history.
    ``stitch_stages``: what the last panorama was made of, by digest, so that other parameters need not begin anew.
    ``engine`` computes its filter layers that need the engine; without it they say so.
    ``title_changed`` follows title, path and the modified mark.
    """

    title_changed = Signal()

    def __init__(
        self,
        artwork: Artwork,
        *,
        title: str,
        path: str = "",
        origin: str = "",
        settings: Settings,
        journal: Journal | None = None,
        entries: Sequence[HistoryEntry] = (),
        cursor: int | None = None,
        saved: bool = True,
        engine: EngineApply | None = None,
    ) -> None:
        self.title = title
        self.path = path
        self.origin = origin
        self.journal = journal
        self.closed = False
        self.exports = 0
        self.mask_alone = ""
        self.tiled = False
        self.small = b""
        self.earlier = NOTHING
        self.stitch_stages: dict[str, Any] = {}
        self.owed: deque[Revision] = deque()
        self.written = 0
        self.tile_budget = settings.history_budget
        self.renderer = Renderer(budget_bytes=settings.cache_budget, to_srgb=colours.to_srgb, engine=engine)
        self.document = Document(
            artwork,
            entries=entries,
            cursor=cursor,
            loader=self.load,
            budget=settings.history_budget,
            saved=saved,
        )
        self.document.history_changed.connect(self._step_made)
        self.opened_at = time.time()

    def load(self, revision_id: str) -> Artwork:
        """A step that the history dropped from memory, read again."""
        assert self.journal is not None, "only stored steps are dropped"
        return self.journal.load(revision_id)

    def let_go(self) -> None:
        """The picture was closed for good: what ties it together is undone, so that its pixels leave the memory at once."""
        self.document.let_go()

    def _step_made(self) -> None:
        # A method of its own: psygnal needs 5 ms to find out what an ``emit`` takes, and the first stroke waits for it.
        self.title_changed.emit()

    @property
    def modified(self) -> bool:
        return self.document.modified

    def rename(self, title: str, path: str) -> None:
        self.title, self.path = title, path
        self.title_changed.emit()
