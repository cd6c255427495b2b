"""Finding a filter by its English or Chinese name, pinyin, initials, its family, or its name in another program."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio import translation
from studio.filters.catalogue import GROUPS, Listed
from studio.jobs.job import JobFinished, Priority
from studio.ui.palette import Names, rank
from studio.ui.pinyin import spelled
from studio.workspace.actions.filters import aliases_of

if TYPE_CHECKING:
    from studio.jobs.lane import Lane

CHINESE = "zh_CN"


def names_of(kind: Listed) -> Names:
    """Everything by which a filter is found; the first one takes a while, for it reads the tables of pinyin."""
    title = translation.translate(CHINESE, "recipe", kind.title)
    group = translation.translate(CHINESE, "menus", GROUPS[kind.group])
    other = (*aliases_of(kind.name), kind.name, GROUPS[kind.group], group)
    sounds = tuple(sound for text in (title, *aliases_of(kind.name)) for sound in spelled(text))
    return Names(kind.name, tuple(dict.fromkeys((kind.title, title))), other, sounds)


class FilterSearch:
    """Knows the names of all filters; Chinese ones and their sounds are gathered beside the hand."""

    def __init__(self, kinds: tuple[Listed, ...]) -> None:
        self._kinds = kinds
        self._names: tuple[Names, ...] = ()
        self._asked = False

    def gather(self, lane: Lane, then: Callable[[], object]) -> None:
        """The search is about to be used; ``then`` is called once more is found than before."""
        if self._asked:
            return
        self._asked = True

        def work() -> Generator[None, None, tuple[Names, ...]]:
            found = []
            for kind in self._kinds:
                found.append(names_of(kind))
                yield
            return tuple(found)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self._names = event.result
                then()

        lane.submit(work, label="pinyin", priority=Priority.background, on_event=arrived)

    def find(self, query: str) -> list[str]:
        """Names of the filters that a query finds, the best first."""
        return rank(query, self._names or [self._shown_names(kind) for kind in self._kinds])

    def _shown_names(self, kind: Listed) -> Names:
        """What is known at once: the names that the panel shows."""
        shown = QCoreApplication.translate("recipe", kind.title)
        return Names(kind.name, (kind.title, shown), (kind.name, *aliases_of(kind.name)), ())
