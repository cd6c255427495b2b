"""The directions of models as the artist has them: found ones beside those of the card, with names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from psygnal import Signal

from studio.document.layer import Generated, Variant
from studio.jobs.job import Priority
from studio.messages.events import Directions as Found
from studio.messages.events import Event, Failed, Finished, LearntDirection, Progress
from studio.messages.models import ModelEntry, Slider, is_found, is_own
from studio.messages.requests import FindDirections, LearnDirection
from studio.recipe import QT_TRANSLATE_NOOP
from studio.settings import NamedDirection
from studio.workspace import notices
from studio.workspace.walk import State, moved_names, state_of, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

LEARNING = QT_TRANSLATE_NOOP("jobs", "Learning the direction “{name}”")
LEARNT = QT_TRANSLATE_NOOP("notices", "“{name}” is a slider of this model now.")
FINDING = QT_TRANSLATE_NOOP("jobs", "Finding directions of {model}")


class Directions:
    """Kept in the settings for each model by its name, so that the next checkpoint of a training has them too.

    ``changed``: what is being found, and how far it has come.
    """

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._job: int | None = None
        self.part: float | None = None

    @property
    def finding(self) -> bool:
        return self._job is not None

    @property
    def can_find(self) -> bool:
        ready = self._studio.engine is not None and self._studio.generating.model is not None
        return ready and not self.finding

    def shown(self, entry: ModelEntry) -> ModelEntry:
        """The entry with the sliders that the artist sees: renamed ones, those found behind, without hidden ones."""
        known = {one.name: one for one in self._of(entry.card.name) or _given(entry)}
        if not known or entry.problem:
            return entry
        own = [_titled(slider, known.pop(slider.name, None)) for slider in entry.card.sliders]
        found = [
            Slider(
                name=one.name, title=one.title, title_zh=one.title_zh, also=one.also, reversed=one.reversed
            )
            for one in known.values()
            if (is_found(one.name) or is_own(one.name)) and not one.hidden
        ]
        return replace(entry, card=replace(entry.card, sliders=(*own, *found)))

    def with_moved(self, entry: ModelEntry, layers: tuple[object, ...]) -> ModelEntry:
        """The entry with a slider for each direction that ``layers`` move and this computer knows nothing of: found or taught on another."""
        known = {one.name for one in (*entry.card.sliders, *self._of(entry.card.name))}
        shown = [one.variant for one in layers if isinstance(one, Generated) and one.variant is not None]
        moved = sorted({name for one in shown for name, amount in one.sliders.items() if amount} - known)
        more = [
            Slider(name=name, title=name, title_zh=name)
            if is_found(name)
            else Slider(name=name, title="From examples", title_zh="来自示例")
            for name in moved
            if is_found(name) or is_own(name)
        ]
        if not more:
            return entry
        return replace(entry, card=replace(entry.card, sliders=(*entry.card.sliders, *more)))

    def _of(self, model: str) -> tuple[NamedDirection, ...]:
        return self._studio.settings.directions.get(model, ())

    def find(self) -> None:
        """Asks the engine for the directions of the shown model that change its pictures most; sliders come of them."""
        entry, engine = self._studio.generating.model, self._studio.engine
        if entry is None or engine is None or self.finding:
            return
        name = entry.card.name
        line = self._studio.jobs.begin(FINDING, {"model": self._studio.model_title(entry)}, stop=self.stop)

        def heard(event: Event) -> None:
            if isinstance(event, Progress):
                self.part = event.done / event.total if event.total else None
                self._studio.jobs.progress(line, event.done, event.total)
                self.changed.emit()
            elif isinstance(event, Found):
                self._take(name, event.names, event.also)
            elif isinstance(event, Finished | Failed):
                self._job = self.part = None
                self._studio.jobs.end(line)
                if isinstance(event, Failed) and event.kind != "cancelled":
                    self._studio.engine_failed(event, notices.NO_DIRECTIONS)
                self.changed.emit()

        self._job = -1  # an engine may answer before it has given the number
        request = FindDirections(model=name, digest=entry.digest)
        job = engine.submit(request, priority=Priority.background, on_event=heard)
        self._job = job if self.finding else None
        self.changed.emit()

    def learn(self, yes: tuple[Variant, ...], no: tuple[Variant, ...], title: str, title_zh: str) -> None:
        """A slider of this name that leads from the pictures ``no`` to the pictures ``yes``, of the selected layer's model."""
        entry, engine = self._studio.generating.model, self._studio.engine
        if entry is None or engine is None or self.finding:
            return
        line = self._studio.jobs.begin(LEARNING, {"name": title}, stop=self.stop)

        def heard(event: Event) -> None:
            if isinstance(event, LearntDirection):
                named = NamedDirection(
                    name=event.name, title=title, title_zh=title_zh, named=True, vector=event.vector,
                    also=event.also,
                )  # fmt: skip
                known = tuple(one for one in self._of(entry.card.name) if one.name != event.name)
                self._keep(entry.card.name, (*known, named))
                self._studio.tell(notices.Notice(kind="done", text=LEARNT, arguments={"name": title}))
            elif isinstance(event, Finished | Failed):
                self._job = None
                self._studio.jobs.end(line)
                if isinstance(event, Failed) and event.kind != "cancelled":
                    self._studio.engine_failed(event, notices.NO_DIRECTIONS)
                self.changed.emit()

        self._job = -1
        ways = [tuple(station_of(state_of(one)) for one in kind) for kind in (yes, no)]
        request = LearnDirection(model=entry.card.name, digest=entry.digest, yes=ways[0], no=ways[1])
        job = engine.submit(request, priority=Priority.background, on_event=heard)
        self._job = job if self.finding else None
        self.changed.emit()

    def vectors_of(self, state: State) -> dict[str, bytes]:
        """Of the sliders that the artist taught the shown model, moved ones alone: the state's own, else those of the settings or of
        the picture as the hand found it."""
        entry = self._studio.generating.model
        kept = {one.name: one.vector for one in self._of(entry.card.name)} if entry is not None else {}
        picture, target = self._studio.current, self._studio.generating.target
        layer = (
            picture.document.committed.find(target.id) if picture is not None and target is not None else None
        )
        before = layer.variant.vectors if isinstance(layer, Generated) and layer.variant is not None else {}
        known = {**before, **{name: vector for name, vector in kept.items() if vector}, **state.vectors}
        return {name: known[name] for name in sorted(moved_names(state)) if is_own(name) and name in known}

    def called(self, model: str) -> dict[str, tuple[str, str]]:
        """Of the directions of a model, by their names: what the artist calls them, in English and Chinese."""
        return {one.name: (one.title, one.title_zh or one.title) for one in self._of(model)}

    def judged(self, path: str) -> tuple[tuple[str, ...], dict[str, bytes]]:
        """The sliders that the artist sees of the model at ``path``, and the vectors of those that were taught; nothing where another
        model is shown."""
        entry = self._studio.generating.model
        if entry is None or entry.path != path:
            return (), {}
        vectors = {one.name: one.vector for one in self._of(entry.card.name) if one.vector}
        names = tuple(slider.name for slider in entry.card.sliders)
        return names, {name: vector for name, vector in vectors.items() if name in names}

    def stop(self) -> None:
        if self._job is not None and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    def _take(self, model: str, names: tuple[str, ...], also: tuple[dict[str, float], ...]) -> None:
        """Those that have a name of the artist's stay, the others make place for what was found now."""
        measured = dict(zip(names, also, strict=False))
        kept = [
            replace(one, hidden=False, also=measured.get(one.name, one.also))
            for one in self._of(model)
            if one.named or not is_found(one.name)
        ]
        there = {one.name for one in kept}
        number = sum(is_found(name) for name in there)
        for name in names:
            if name not in there:
                number += 1
                title, title_zh = f"Direction {number}", f"方向 {number}"
                kept.append(
                    NamedDirection(name=name, title=title, title_zh=title_zh, also=measured.get(name))
                )
        if not names:
            arguments = {"model": model}
            self._studio.tell(notices.Notice(kind="info", text=notices.NOTHING_TO_MOVE, arguments=arguments))
        self._keep(model, tuple(kept))

    def take(self, model: str, named: NamedDirection) -> NamedDirection:
        """A direction that was given is a slider of ``model``, behind the others, shown also where it was hidden; names that the artist
        gave it stay. As it is kept."""
        known = self._of(model)
        there = next((one for one in known if one.name == named.name), None)
        kept = replace(there, hidden=False, vector=named.vector) if there is not None else named
        self._keep(model, (*(one for one in known if one.name != named.name), kept))
        return kept

    def rename(self, name: str, title: str, title_zh: str) -> None:
        """The shown model's direction ``name`` is called so from now on, in either language; its pictures stay the same."""
        self._change(name, title=title, title_zh=title_zh, named=True)

    def reverse(self, name: str) -> None:
        """The shown model's direction ``name`` is seen the other way round; no picture changes."""
        entry = self._studio.generating.model
        slider = next((one for one in entry.card.sliders if one.name == name), None) if entry else None
        if slider is not None:
            self._change(name, reversed=not slider.reversed)

    def hide(self, name: str) -> None:
        """A found direction is no longer listed; finding again brings it back."""
        self._change(name, hidden=True)

    def _change(self, name: str, **fields: object) -> None:
        entry = self._studio.generating.model
        slider = next((one for one in entry.card.sliders if one.name == name), None) if entry else None
        if entry is None or slider is None:
            return
        known = self._of(entry.card.name)
        if all(one.name != name for one in known):
            target = self._studio.generating.target
            vectors = target.variant.vectors if target is not None and target.variant is not None else {}
            new = NamedDirection(
                name=name, title=slider.title, title_zh=slider.title_zh, vector=vectors.get(name, b"")
            )
            known = (*(known or _given(entry)), new)
        changed = tuple(replace(one, **fields) if one.name == name else one for one in known)  # type: ignore[arg-type]
        self._keep(entry.card.name, changed)

    def _keep(self, model: str, directions: tuple[NamedDirection, ...]) -> None:
        before = self._of(model)
        if directions != before:
            self._set(model, directions)
            self._studio.asides.note(lambda: self._set(model, before), lambda: self._set(model, directions))

    def _set(self, model: str, directions: tuple[NamedDirection, ...]) -> None:
        self._studio.keep_soon(directions={**self._studio.settings.directions, model: directions})
        self._studio.generating.show_directions_again()


def _given(entry: ModelEntry) -> tuple[NamedDirection, ...]:
    """What the model's author called its found directions."""
    return tuple(
        NamedDirection(
            name=one.name,
            title=one.title,
            title_zh=one.title_zh,
            named=True,
            also=one.also,
            reversed=one.reversed,
        )
        for one in entry.card.named
    )


def _titled(slider: Slider, name: NamedDirection | None) -> Slider:
    if name is None:
        return slider
    return replace(slider, title=name.title, title_zh=name.title_zh, reversed=name.reversed)
