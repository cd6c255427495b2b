"""Several pictures of one model as variations of one generated layer, pinned to the pad: the hand goes from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document import edits
from studio.document.layer import Variant
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Picture
from studio.messages.models import ModelEntry
from studio.messages.requests import Generate
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.results import covering, generated_layer, in_place, place_of, variant_of

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

DRAWING = QT_TRANSLATE_NOOP("jobs", "Generating with {model}")
NOT_DRAWN = QT_TRANSLATE_NOOP("notices", "The pictures were not made. {reason}")


def draw_together(
    studio: Studio,
    picture: pictures.Picture,
    entry: ModelEntry,
    requests: tuple[Generate, ...],
    step: str,
    place: Rect | None = None,
    above: str = "",
    ended: Callable[[], object] | None = None,
) -> None:
    """One undo step when all are there; nothing when one fails or it is stopped. ``place``: what the layer covers, without it the
    canvas or the selection's bounds; ``above``: the layer that it lies above, without it the active one. ``ended`` is
    called when the layer is there, or when it will not come."""
    engine, made = studio.engine, []
    if engine is None or not requests:
        return
    jobs: list[int] = []

    def stop() -> None:
        studio.jobs.end(line)
        left, jobs[:] = tuple(jobs), ()
        for job in left:
            engine.cancel(job)
        if ended is not None:
            ended()

    def place_all() -> None:
        _place(studio, picture, entry, made, step, place, above)
        if ended is not None:
            ended()

    def heard(request: Generate, event: Event) -> None:
        if isinstance(event, Picture):
            made.append((request, variant_of(event, request, picture.document.artwork)))
            studio.jobs.progress(line, len(made), len(requests))
            if len(made) == len(requests):
                studio.jobs.end(line)
                if picture in studio.pictures:
                    picture.document.when_idle(place_all)
        elif isinstance(event, Failed):
            stop()
            if event.kind != "cancelled":
                studio.engine_failed(event, NOT_DRAWN)

    line = studio.jobs.begin(DRAWING, {"model": studio.model_title(entry)}, stop)
    for request in requests:
        jobs.append(engine.submit(request, priority=Priority.normal, on_event=_hearing(heard, request)))


def _hearing(heard: Callable[[Generate, Event], None], request: Generate) -> Callable[[Event], None]:
    return lambda event: heard(request, event)


def _place(
    studio: Studio,
    picture: pictures.Picture,
    entry: ModelEntry,
    made: list[tuple[Generate, Variant]],
    step: str,
    place: Rect | None,
    above: str,
) -> None:
    if picture is studio.current:
        studio.settle()
    document = picture.document
    artwork = document.artwork
    for request, variant in made:
        studio.filing.keep_result(picture, variant, request, "canvas")
    request, first = made[0]
    layer = generated_layer(artwork, request, first, studio.model_title(entry), "canvas")
    layer = layer.with_(
        variants=tuple(variant for _, variant in made),
        transform=covering(first.width, first.height, place or place_of(artwork)),
    )
    lower = above if artwork.find(above) is not None else None
    placed = in_place(edits.add_layer(artwork, layer, above=lower), layer)
    document.commit(step, edits.set_active(placed, layer.id))
    if picture is studio.current and len(layer.variants) > 1:
        for variant in layer.variants:
            studio.exploring.mixing.pin(variant.id)
    studio.generating.strip_changed.emit()
