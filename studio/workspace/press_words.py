"""The word on the Generate button: one table of what a model declares it can do, and where the artist stands.

A word is a promise. What no code here carries out yet has its word and a reason why the button rests; it is never
shown as something that can be pressed, and where the model can do anything else in the same place, that is said instead.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP

Place = Literal["layer", "selection", "picture"]
"""What a press would work on: the generated layer that the panel is bound to, the selection, or the picture."""
ANYWHERE: tuple[Place, ...] = ("layer", "selection", "picture")

STOP = QT_TRANSLATE_NOOP("generate", "Stop")
STOP_IN = QT_TRANSLATE_NOOP("generate", "Stop · {seconds} s")
MAKE = QT_TRANSLATE_NOOP("generate", "Generate {count}")
CANNOT = QT_TRANSLATE_NOOP(
    "generate", "This model makes no pictures. Choose another one in the list of models."
)
MISSING = QT_TRANSLATE_NOOP("generate", "model missing")


class PressWord(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the table. ``word``, ``reason`` and ``note`` are source texts in context ``generate``.

    ``reason``: why it cannot be pressed, short enough for the line under the button; empty where a press does what the
    word says. ``note``: what the artist may not expect of a press that works.
    """

    ability: str
    places: tuple[Place, ...]
    word: str
    reason: str = ""
    note: str = ""


FILL = QT_TRANSLATE_NOOP("generate", "Fill selection")
NO_FILL = QT_TRANSLATE_NOOP("generate", "Cannot fill a selection yet: choose another model.")
WORDS = (
    PressWord(ability="fill", places=("selection",), word=FILL, reason=NO_FILL),
    PressWord(ability="generate", places=("layer",), word=QT_TRANSLATE_NOOP("generate", "{count} more")),
    PressWord(
        ability="generate",
        places=("selection",),
        word=QT_TRANSLATE_NOOP("generate", "Place in selection"),
        note=QT_TRANSLATE_NOOP("generate", "A whole picture is made and placed in the selection."),
    ),
    PressWord(ability="generate", places=("picture",), word=MAKE),
    PressWord(
        ability="redraw",
        places=ANYWHERE,
        word=QT_TRANSLATE_NOOP("generate", "Redraw"),
        reason=QT_TRANSLATE_NOOP("generate", "Cannot redraw yet: choose another model."),
    ),
    PressWord(
        ability="extend",
        places=ANYWHERE,
        word=QT_TRANSLATE_NOOP("generate", "Extend"),
        reason=QT_TRANSLATE_NOOP("generate", "Cannot extend yet: choose another model."),
    ),
    PressWord(
        ability="translate",
        places=ANYWHERE,
        word=QT_TRANSLATE_NOOP("generate", "Translate"),
        reason=QT_TRANSLATE_NOOP("generate", "Cannot translate yet: choose another model."),
    ),
    PressWord(ability="fill", places=ANYWHERE, word=FILL, reason=NO_FILL),
)
"""Ability × place → word, the most particular first. A line without a reason is one that ``Generating.generate`` does."""
NONE = PressWord(ability="", places=ANYWHERE, word=MAKE, reason=CANNOT)
"""Of a model that declares nothing that the button is for."""


def word_for(abilities: Collection[str], place: Place) -> PressWord:
    """The first line for a declared ability and this place that can be done, else the first that can not."""
    found = [line for line in WORDS if line.ability in abilities and place in line.places]
    return next((line for line in found if not line.reason), found[0] if found else NONE)
