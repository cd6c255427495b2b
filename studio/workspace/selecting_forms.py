"""What the dialogs of the Select menu ask for; each dialog is made from its struct."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from studio.document import selecting as edits
from studio.raster.selecting import tones
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.selecting import LABELS, STROKE, TONE, outlining
from studio.workspace.selection_work import Work, ignore
from studio.workspace.tools.selection import SelectionMode

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "inside"),
    QT_TRANSLATE_NOOP("recipe", "centre"),
    QT_TRANSLATE_NOOP("recipe", "outside"),
)
EDGES = declare(
    QT_TRANSLATE_NOOP("recipe", "At the canvas edge too"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Otherwise what is selected counts as going on beyond the edge of the canvas."
    ),
)


JOINING = declare(
    QT_TRANSLATE_NOOP("recipe", "Mode"),
    description=QT_TRANSLATE_NOOP("recipe", "How it joins what is selected."),
)


class Grow(msgspec.Struct, frozen=True, kw_only=True):
    """By how much."""

    pixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Grow by"), low=0.5, high=2000.0, soft_high=100.0, step=1.0, unit="px"
        ),
    ] = 4.0


class Shrink(msgspec.Struct, frozen=True, kw_only=True):
    """By how much."""

    pixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shrink by"),
            low=0.5,
            high=2000.0,
            soft_high=100.0,
            step=1.0,
            unit="px",
        ),
    ] = 4.0
    edges: Annotated[bool, EDGES] = False


class Feather(msgspec.Struct, frozen=True, kw_only=True):
    """How softly."""

    pixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Feather"),
            low=0.5,
            high=2000.0,
            soft_high=200.0,
            step=1.0,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far the edge fades on each side."),
        ),
    ] = 10.0
    edges: Annotated[bool, EDGES] = False


class Border(msgspec.Struct, frozen=True, kw_only=True):
    """How wide."""

    pixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Width"), low=1.0, high=2000.0, soft_high=100.0, step=1.0, unit="px"
        ),
    ] = 8.0
    edges: Annotated[bool, EDGES] = False


class Smooth(msgspec.Struct, frozen=True, kw_only=True):
    """Over how much."""

    pixels: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smooth over"),
            low=1.0,
            high=500.0,
            soft_high=50.0,
            step=1.0,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Corners are rounded, specks and holes smaller than this go."
            ),
        ),
    ] = 5.0
    edges: Annotated[bool, EDGES] = False


class Tone(msgspec.Struct, frozen=True, kw_only=True):
    """Four handles on the scale of lightness, in any order; they are taken by size."""

    @property
    def handles(self) -> tones.Handles:
        a, b, c, d = sorted((self.begins, self.full_from, self.full_to, self.ends))
        return a, b, c, d

    begins: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Begins at"), low=0.0, high=100.0, step=1.0)
    ] = 20.0
    full_from: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Full from"), low=0.0, high=100.0, step=1.0)
    ] = 40.0
    full_to: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Full to"), low=0.0, high=100.0, step=1.0)
    ] = 60.0
    ends: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Ends at"), low=0.0, high=100.0, step=1.0)] = (
        80.0
    )
    mode: Annotated[SelectionMode, JOINING] = "new"


class StrokeOutline(msgspec.Struct, frozen=True, kw_only=True):
    """A line along the edge."""

    width: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Width"), low=0.5, high=2000.0, soft_high=100.0, step=1.0, unit="px"
        ),
    ] = 4.0
    side: Annotated[Literal["inside", "centre", "outside"], declare(QT_TRANSLATE_NOOP("recipe", "Where"))] = (
        "centre"
    )
    opacity: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Opacity"), low=0.0, high=1.0, unit="%")
    ] = 1.0


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """Under which name."""

    name: Annotated[str, declare(QT_TRANSLATE_NOOP("recipe", "Name"))] = ""


class Form(msgspec.Struct, frozen=True):
    """A dialog: its heading and verb in context ``Selecting``, what it asks for, and what is then done.

    ``work``, where there is one, makes the new artwork in steps; it is shown while the hand moves, ``tinted`` with the
    quick mask's tint where its edges are soft. ``paints``: it lays the painting colour down. ``label``: the undo step,
    context ``history``. ``done``: carries it out instead of ``work``, which then is only shown. ``compared``: the dialog can
    show the picture as it is beside what it would be. ``description``: how it is done, context ``recipe``.
    """

    title: str
    verb: str
    values: Callable[[Studio], msgspec.Struct]
    label: str = ""
    work: Callable[[Studio, Any], Work] | None = None
    tinted: bool = False
    paints: bool = False
    done: Callable[[Studio, Any], None] | None = None
    compared: bool = False
    description: str = ""

    def do(self, studio: Studio, values: msgspec.Struct) -> None:
        """Carries it out: one undo step."""
        if self.done is not None:
            self.done(studio, values)
        elif self.work is not None:
            then = studio.selecting.noting(studio.painting.colour) if self.paints else ignore
            studio.selecting.run(self.label, self.work(studio, values), then)


def _changed(kind: edits.Change) -> Callable[[Studio, Any], Work]:
    def work(studio: Studio, values: Any) -> Work:
        open_edges = not getattr(values, "edges", False)
        return lambda artwork: edits.change(artwork, kind, values.pixels, open_edges=open_edges)

    return work


def _by_tone(studio: Studio, values: Tone) -> Work:
    return studio.selecting.tone_work(values.handles, values.mode)


def _stroke(studio: Studio, values: StrokeOutline) -> Work:
    return outlining(studio.painting.colour, values.width, values.side, values.opacity)


def _name(studio: Studio) -> Name:
    """The first number that no saved selection has."""
    picture = studio.current
    taken = {one.name for one in picture.document.committed.saved_selections} if picture else set()
    word, number = studio.translate("layer-names", SELECTION), 1
    while f"{word} {number}" in taken:
        number += 1
    return Name(name=f"{word} {number}")


SELECTION = QT_TRANSLATE_NOOP("layer-names", "Selection")

FORMS: dict[str, Form] = {
    "select_grow": Form(
        QT_TRANSLATE_NOOP("Selecting", "Grow selection"), QT_TRANSLATE_NOOP("Selecting", "Grow"),
        lambda studio: Grow(), LABELS["grow"], _changed("grow"),
    ),
    "select_shrink": Form(
        QT_TRANSLATE_NOOP("Selecting", "Shrink selection"), QT_TRANSLATE_NOOP("Selecting", "Shrink"),
        lambda studio: Shrink(), LABELS["shrink"], _changed("shrink"),
    ),
    "select_feather": Form(
        QT_TRANSLATE_NOOP("Selecting", "Feather selection"), QT_TRANSLATE_NOOP("Selecting", "Feather"),
        lambda studio: Feather(), LABELS["feather"], _changed("feather"), tinted=True,
    ),
    "select_border": Form(
        QT_TRANSLATE_NOOP("Selecting", "Make the selection a border"), QT_TRANSLATE_NOOP("Selecting", "Make a border"),
        lambda studio: Border(), LABELS["border"], _changed("border"),
    ),
    "select_smooth": Form(
        QT_TRANSLATE_NOOP("Selecting", "Smooth selection"), QT_TRANSLATE_NOOP("Selecting", "Smooth"),
        lambda studio: Smooth(), LABELS["smooth"], _changed("smooth"),
    ),
    "select_tone": Form(
        QT_TRANSLATE_NOOP("Selecting", "Select by tone"), QT_TRANSLATE_NOOP("Selecting", "Select"),
        lambda studio: Tone(), TONE, _by_tone, tinted=True,
    ),
    "stroke_selection": Form(
        QT_TRANSLATE_NOOP("Selecting", "Stroke selection"), QT_TRANSLATE_NOOP("Selecting", "Stroke"),
        lambda studio: StrokeOutline(), STROKE, _stroke, paints=True,
    ),
    "save_selection": Form(
        QT_TRANSLATE_NOOP("Selecting", "Save selection"), QT_TRANSLATE_NOOP("Selecting", "Save"), _name,
        done=lambda studio, values: studio.selecting.save(values.name.strip() or _name(studio).name),
    ),
}  # fmt: skip
"""By the name of the handler that opens it."""
