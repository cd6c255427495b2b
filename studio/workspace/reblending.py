"""A panorama follows its seams: where the brush was on the mask of one of its pictures, it is blended anew by itself.

What is known is which masks a blended picture was made with. Whenever a step comes or is gone back to whose masks are others,
the blended picture is made again on the render lane, around what has changed alone, and belongs to that same step.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Derived, Group
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster.geometry import EMPTY, Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import RecipeError
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

REMEMBERED = 16
"""Blended pictures of an open picture whose masks are known; of an older one it is believed that they fit."""
Masks = tuple[tuple[str, Mask | None], ...]


class Blend(msgspec.Struct, frozen=True, eq=False):
    """A panorama of an artwork: its blended picture and the masks that it has now, by layer."""

    group: Group
    result: Derived
    masks: Masks


class _Work(msgspec.Struct, frozen=True, eq=False):
    """A panorama that is being blended with ``masks``; ``line`` tells of it."""

    job: Job
    line: int
    masks: Masks


class _Open(msgspec.Struct, eq=False):
    """Of one open picture: by identity of a blended surface that surface and its masks; by its layer the work under way."""

    known: OrderedDict[int, tuple[Surface, Masks]]
    look: Callable[[], None]
    work: dict[str, _Work]


class Reblending:
    """Listens to the steps of every open picture."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._open: dict[int, _Open] = {}

    def begin(self, picture: Picture) -> None:
        there = weakref.ref(picture)  # a closed picture leaves the memory at once

        def look() -> None:
            found = there()
            if found is not None:
                self._look(found)

        self._open[id(picture)] = _Open(OrderedDict(), look, {})
        picture.document.history_changed.connect(look)
        self._look(picture)

    def end(self, picture: Picture) -> None:
        known = self._open.pop(id(picture), None)
        if known is not None:
            picture.document.history_changed.disconnect(known.look)
            for result_id in tuple(known.work):
                self._stop(known, result_id)

    def made_with(self, picture: Picture) -> Callable[[Derived], Masks | None]:
        """Tells the masks that a blended picture shows, on any thread; None for one that is not known."""
        known = self._open[id(picture)].known

        def masks(result: Derived) -> Masks | None:
            found = known.get(id(result.surface))
            return found[1] if found is not None and found[0] is result.surface else None

        return masks

    def _look(self, picture: Picture) -> None:
        here, artwork = self._open[id(picture)], picture.document.committed
        for blend in blends_in(artwork):
            before, work = here.known.get(id(blend.result.surface)), here.work.get(blend.result.id)
            if work is not None and same(work.masks, blend.masks):
                continue
            self._stop(here, blend.result.id)
            if before is None:
                _remember(here, blend)
            elif not same(before[1], blend.masks):
                self._start(picture, here, artwork, blend, before[1])

    def _start(self, picture: Picture, here: _Open, artwork: Artwork, blend: Blend, before: Masks) -> None:
        from studio.workspace.stitching import BLENDING, joined_again

        step, result_id = picture.document.step, blend.result.id

        def steps() -> Generator[float, None, Surface]:
            yield 0.0
            return (yield from joined_again(artwork, blend.group, changed_between(before, blend.masks)))

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(event * 100), 100)
            elif isinstance(event, JobFinished):
                self._stop(here, result_id)
                put = partial(self._put, picture, step, blend, event.result)
                picture.document.when_idle(put)
            elif isinstance(event, JobFailed):
                self._stop(here, result_id)
                _remember(here, blend)  # not tried again until a mask changes
                if not isinstance(event.error, RecipeError):  # one of a later version is left as it is
                    self._tell(event)

        line = self._studio.jobs.begin(BLENDING, None, partial(self._stop, here, result_id))
        job = self._studio.render_lane.submit(
            steps, label=BLENDING, priority=Priority.normal, on_event=arrived
        )
        here.work[result_id] = _Work(job, line, blend.masks)

    def _stop(self, here: _Open, result_id: str) -> None:
        work = here.work.pop(result_id, None)
        if work is not None:
            work.job.cancel()
            self._studio.jobs.end(work.line)

    def _tell(self, event: JobFailed) -> None:
        reason = {"reason": str(event.error) or type(event.error).__name__}
        self._studio.tell(
            notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=reason, details=event.details)
        )

    def _put(self, picture: Picture, step: str, blend: Blend, surface: Surface) -> None:
        """The new pixels belong to the step whose masks they show, and to later ones with the same."""
        if picture not in self._studio.pictures:
            return
        result = blend.result
        _remember(self._open[id(picture)], Blend(blend.group, result.with_(surface=surface), blend.masks))

        def edit(artwork: Artwork) -> Artwork:
            fitting = any(
                one.result.id == result.id
                and one.result.surface is result.surface
                and same(one.masks, blend.masks)
                for one in blends_in(artwork)
            )
            if not fitting:
                return artwork
            return tree.rewrite(artwork, result.id, lambda layer: (layer.with_(surface=surface),))

        if any(entry.revision_id == step for entry in picture.document.history):
            picture.document.amend_since(step, edit)


def _remember(here: _Open, blend: Blend) -> None:
    here.known[id(blend.result.surface)] = blend.result.surface, blend.masks
    while len(here.known) > REMEMBERED:
        here.known.popitem(last=False)


def blends_in(artwork: Artwork) -> list[Blend]:
    """The panoramas of an artwork whose pictures are blended, not only laid upon each other."""
    if not any(isinstance(layer, Derived) for layer in artwork.walk()):
        return []
    from studio.workspace.panorama_group import pictures_of, result_of

    found = []
    for group in artwork.walk():
        result = result_of(group) if isinstance(group, Group) else None
        if result is not None and result.visible and isinstance(group, Group):
            masks = tuple((one.id, one.mask if one.mask_enabled else None) for one in pictures_of(group))
            found.append(Blend(group, result, masks))
    return found


def same(one: Masks, other: Masks) -> bool:
    """Whether these are the same pictures with the same objects as masks."""
    return len(one) == len(other) and all(
        a[0] == b[0] and a[1] is b[1] for a, b in zip(one, other, strict=True)
    )


def changed_between(before: Masks, after: Masks) -> Rect | None:
    """The rectangle around all pixels in which a mask is another one; None: anywhere, as where a picture came or went."""
    old = dict(before)
    if old.keys() != dict(after).keys():
        return None
    around = EMPTY
    for layer_id, mask in after:
        was = old[layer_id]
        if mask is was:
            continue
        if mask is None or was is None or mask.default != was.default:
            return None
        for key in mask.diff(was):
            place = Rect.of_tile(key)
            rows, columns = np.nonzero(mask.read(place) != was.read(place))
            if len(rows):
                around = around.unite(
                    Rect(
                        place.left + int(columns.min()), place.top + int(rows.min()), place.left + int(columns.max()) + 1,
                        place.top + int(rows.max()) + 1,
                    )
                )  # fmt: skip
    return around
