"""Filters: as a live layer whose parameters stay open, or once onto the active layer's pixels."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from psygnal import Signal

from studio import recipe
from studio.document import edits
from studio.document.artwork import ColourSpace
from studio.document.layer import Filter, Layer, Paint
from studio.document.masks import check_unlocked
from studio.filters import FILTERS, FilterKind
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster.geometry import Region
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours, notices
from studio.workspace.filter_laying import PLAIN, Laying
from studio.workspace.filter_memory import FilterMemory
from studio.workspace.filter_presets import FilterPresets
from studio.workspace.filter_split import FilterSplit
from studio.workspace.filter_stacks import FilterStacks
from studio.workspace.filter_targets import (
    check,
    filtered,
    filtered_mask,
    masked,
    target_of,
    with_filter_layer,
)
from studio.workspace.filter_trial import OWNER as TRIAL
from studio.workspace.filter_trial import FilterTrial, Way

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "filter"
NEW_LAYER = QT_TRANSLATE_NOOP("history", "New filter layer")


class Filtering:
    """``changed``: the selected filter layer, or its values. ``trial_opened``: a filter is tried from now on."""

    changed = Signal()
    trial_opened = Signal(FilterTrial)

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.memory = FilterMemory(studio)
        self.presets = FilterPresets(studio)
        self.stacks = FilterStacks(studio)
        self._laid: dict[str, Laying] = {}
        self._failed: dict[str, str] = {}
        studio.current_changed.connect(self._opened)

    def _opened(self, picture: Picture | None) -> None:
        """Whole filters that were never computed here (their results are not in the file) are due at once."""
        if picture is not None:
            self.follow(picture)

    def kinds(self) -> tuple[FilterKind, ...]:
        return tuple(FILTERS.values())

    @property
    def target(self) -> Filter | None:
        """The selected filter layer, whose parameters the panel shows."""
        layer = self._studio.layers.active
        return layer if isinstance(layer, Filter) else None

    def parameters(self, layer: Filter) -> msgspec.Struct:
        """The layer's parameters as the filter's own struct, its colours as the hand holds them. Raises RecipeError for values
        it does not allow."""
        values = recipe.from_plain(FILTERS[layer.recipe.name].parameters, layer.recipe.parameters)
        picture = self._studio.current
        return values if picture is None else colours.values_leaving(values, _space(picture))

    def add_layer(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """A live filter layer above the active layer, its mask what is selected; one undo step."""
        picture = self._studio.current
        if picture is None:
            return
        self._studio.settle()
        kind = FILTERS[name]
        layer = self._new_layer(picture, kind, recipe.from_plain(kind.parameters, parameters or {}))
        try:
            artwork = edits.add_layer(picture.document.committed, layer)
            picture.document.commit(NEW_LAYER, masked(artwork, layer.id, artwork.selection))
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        self.changed.emit()

    def _new_layer(self, picture: Picture, kind: FilterKind, values: msgspec.Struct) -> Filter:
        """``values``: their colours as the hand holds them."""
        own = colours.values_entering(values, _space(picture))
        title = self._studio.translate("recipe", kind.title)
        return Filter(name=title, recipe=recipe.store(kind.name, kind.version, own))

    def change(self, layer_id: str, parameters: msgspec.Struct, live: bool = True) -> None:
        """New parameters for a filter layer: a preview while ``live``, one undo step otherwise."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture else None
        if picture is None or not isinstance(layer, Filter):
            return
        kind = FILTERS[layer.recipe.name]
        before = recipe.from_plain(kind.parameters, layer.recipe.parameters)
        own = colours.values_entering(parameters, _space(picture), (before,))
        stored = recipe.store(kind.name, kind.version, own)
        if stored == layer.recipe and live:
            return
        try:
            check_unlocked(picture.document.artwork, layer_id)
        except edits.EditError as error:
            self._studio.refuse(error)
            self.changed.emit()
            return
        self._studio.settle(keep=OWNER)
        changed = edits.change(picture.document.artwork, layer_id, recipe=stored)
        picture.document.preview(OWNER, changed)
        if not live:
            self.release()

    def release(self) -> None:
        """Ends a live change: one undo step."""
        picture = self._studio.current
        if picture and picture.document.preview_owner == OWNER:
            picture.document.commit(QT_TRANSLATE_NOOP("history", "Filter parameters"), owner=OWNER)
            self.changed.emit()

    def follow(self, picture: Picture) -> None:
        """Starts the work of whole and engine filters whose result is out of date; the old one is shown meanwhile."""
        for job in picture.renderer.whole_jobs(picture.document.artwork):
            key = f"{id(picture)}:{job.key}"
            self._studio.render_lane.submit(
                lambda steps=job.steps: steps,
                label=job.name,
                priority=Priority.normal,
                replace=key,
                on_event=partial(self._whole_done, picture, key),
            )

    def keep_results(self, picture: Picture) -> None:
        """Puts the results of whole and engine filters into their layers, so that the file has them; no undo step."""
        artwork = picture.document.committed
        for layer in artwork.walk():
            if isinstance(layer, Filter):
                result = picture.renderer.whole_result(layer)
                if result is not None and result is not layer.result:
                    artwork = edits.change(artwork, layer.id, result=result)
        picture.document.amend(artwork)

    def _whole_done(self, picture: Picture, key: str, event: object) -> None:
        """What fails again with every change of the picture is told once."""
        if picture not in self._studio.pictures:
            return
        if isinstance(event, JobFinished):
            self._failed.pop(key, None)
            picture.document.changed.emit(Region([picture.document.artwork.rect]))
        elif isinstance(event, JobFailed):
            arguments = {"reason": self._studio.filing.sentence(event.error)}
            known = self._failed.get(key) == arguments["reason"]
            self._failed[key] = arguments["reason"]
            notice = notices.Notice(
                kind="error", text=notices.NOT_FILTERED, arguments=arguments, details=event.details
            )
            if not known:
                self._studio.tell(notice)

    # ── compared ─────────────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def split(self) -> FilterSplit | None:
        """The line left of which the selected filter layer is not seen, while there is one."""
        session = self._studio.painting.session
        return session if isinstance(session, FilterSplit) else None

    def compare(self, on: bool) -> None:
        """Puts the line into the middle of the picture, or takes it away; nothing of the picture changes."""
        if not on:
            if self.split is not None:
                self._studio.painting.close_session()
            return
        picture, target = self._studio.current, self.target
        if picture is None or target is None or self.split is not None:
            return
        self._studio.tones.let_go()
        self._studio.settle(keep=OWNER)
        split = FilterSplit(self._studio, picture, target.id)
        self._studio.painting.admit(split)
        split.show()
        self.changed.emit()

    # ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def begin(self, name: str, laying: Laying = PLAIN) -> None:
        """Tries a filter on the active layer (``trial``); one that has no parameters is used at once."""
        kind = FILTERS[name]
        if not kind.parameters.__struct_fields__:
            self.apply(name)
            return
        found = self._active()
        if found is None:
            return
        picture, layer = found
        try:
            trial = FilterTrial(self._studio, picture, layer, kind, self.memory.values(kind), laying)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        self._studio.painting.admit(trial)
        trial.show()
        self.trial_opened.emit(trial)

    def begin_again(self) -> None:
        """Tries the last filter again, from the values, opacity and mode it was used with."""
        if self.memory.last:
            self.begin(self.memory.last, self._laid.get(self.memory.last, PLAIN))

    def again(self) -> None:
        """The last filter with its last values, opacity and mode, at once."""
        if self.memory.last:
            self.apply(self.memory.last, laying=self._laid.get(self.memory.last, PLAIN))

    @property
    def trial(self) -> FilterTrial | None:
        """The filter that is tried now."""
        session = self._studio.painting.session
        return session if isinstance(session, FilterTrial) else None

    def apply(self, name: str, parameters: dict[str, Any] | None = None, laying: Laying = PLAIN) -> None:
        """The filter once onto the active layer, inside the selection, on the render lane; one undo step. ``parameters``:
        those it was used with last, where none are given. What is changed: :func:`filter_targets.target_of`."""
        kind, found = FILTERS[name], self._active()
        if found is None:
            return
        picture, layer = found
        values = (
            self.memory.values(kind) if parameters is None else recipe.from_plain(kind.parameters, parameters)
        )
        self.memory.note(kind, values)
        self._laid[name] = laying
        try:
            check(picture.document.committed, layer)
            self._use(picture, layer, kind, values, laying)
        except edits.EditError as error:
            self._studio.refuse(error)

    def use(self, trial: FilterTrial, way: Way) -> None:
        """What was tried becomes a step; until it is computed the canvas goes on showing it."""
        picture, kind, values, laying = trial.picture, trial.kind, trial.values, trial.laying
        layer = picture.document.committed.find(trial.layer.id)
        self.memory.note(kind, values)
        self._laid[kind.name] = laying
        if layer is None or picture is not self._studio.current:
            picture.document.revert(TRIAL)
            return
        try:
            if way == "layer":
                self._add_clipped(picture, layer, kind, values, laying)
            else:
                if trial.target != "layer":
                    trial.show()
                self._use(picture, layer, kind, values, laying)
        except edits.EditError as error:
            picture.document.revert(TRIAL)
            self._studio.refuse(error)

    def _active(self) -> tuple[Picture, Layer] | None:
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return None
        self._studio.settle()
        layer = picture.document.committed.active_layer
        return None if layer is None else (picture, layer)

    def _use(
        self, picture: Picture, layer: Layer, kind: FilterKind, value: msgspec.Struct, laying: Laying
    ) -> None:
        if target_of(picture.document.committed, layer) == "layer":
            self._add_clipped(picture, layer, kind, value, laying)
        else:
            self._apply(picture, layer, kind, value, laying)

    def _add_clipped(
        self, picture: Picture, layer: Layer, kind: FilterKind, value: msgspec.Struct, laying: Laying
    ) -> None:
        new = self._new_layer(picture, kind, value).with_(opacity=laying.opacity, mode=laying.mode)
        artwork = with_filter_layer(picture.document.committed, layer.id, new)
        picture.document.commit(NEW_LAYER, artwork, owner=TRIAL)
        self.changed.emit()

    def _apply(
        self, picture: Picture, layer: Layer, kind: FilterKind, value: msgspec.Struct, laying: Laying
    ) -> None:
        artwork = picture.document.committed
        own = colours.values_entering(value, _space(picture))
        arguments = {"filter": self._studio.translate("recipe", kind.title)}
        masks = target_of(artwork, layer) == "mask"

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)
            picture.document.revert(TRIAL)

        def steps() -> Generator[float, None, Surface | Mask]:
            if masks:
                return (yield from filtered_mask(artwork, layer, kind, own, laying))
            assert isinstance(layer, Paint)
            return (yield from filtered(artwork, layer, kind, own, laying))

        line = self._studio.jobs.begin(QT_TRANSLATE_NOOP("jobs", "Applying {filter}"), arguments, stop)

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(event * 100), 100)
                return
            self._studio.jobs.end(line)
            if isinstance(event, JobFailed):
                picture.document.revert(TRIAL)
                self._studio.tell(
                    notices.Notice(
                        kind="error",
                        text=notices.NOT_PAINTED,
                        arguments={"reason": self._studio.filing.sentence(event.error)},
                        details=event.details,
                    )
                )
            elif isinstance(event, JobFinished):
                picture.document.when_idle(
                    lambda: self._applied(picture, layer, kind, value, laying, event.result), TRIAL
                )

        job = self._studio.render_lane.submit(
            steps, label=kind.title, priority=Priority.normal, on_event=arrived
        )

    def _applied(
        self,
        picture: Picture,
        layer: Layer,
        kind: FilterKind,
        value: msgspec.Struct,
        laying: Laying,
        result: Surface | Mask,
    ) -> None:
        """The result becomes a step; pixels that were painted meanwhile are filtered again, with all there is now."""
        if picture not in self._studio.pictures:
            return
        if self.trial is not None:  # another filter is tried by now: its picture would be that of before
            self.trial.leave()
        artwork = picture.document.committed
        now = artwork.find(layer.id)
        if now is None or type(now) is not type(layer):
            picture.document.revert(TRIAL)
        elif _pixels(now) is not _pixels(layer) or now.mask is not layer.mask:
            self._apply(picture, now, kind, value, laying)
        else:
            try:
                if isinstance(result, Mask):
                    check(artwork, now)
                    changed = edits.change(artwork, layer.id, mask=result)
                else:
                    changed = edits.write_surface(artwork, layer.id, result)
            except edits.EditError as error:  # locked meanwhile
                picture.document.revert(TRIAL)
                self._studio.refuse(error)
                return
            picture.document.commit(kind.title, changed, owner=TRIAL)


def _space(picture: Picture) -> ColourSpace:
    return picture.document.committed.colour_space


def _pixels(layer: Layer) -> Surface | None:
    return layer.surface if isinstance(layer, Paint) else None
