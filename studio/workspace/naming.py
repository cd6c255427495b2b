"""Names of layers: new ones, copies, several at once; and after the first thing done on one that the artist did not name."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Layer, Paint
from studio.document.painting import PAINT
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


LAYER = QT_TRANSLATE_NOOP("layer-names", "Layer")
GROUP = QT_TRANSLATE_NOOP("layer-names", "Group")
NUMBER = "#"
"""Stands for the number in a name for several layers."""


def taken_names(artwork: Artwork) -> set[str]:
    return {layer.name for layer in artwork.walk()}


def numbered(name: str, artwork: Artwork) -> str:
    """``Layer 3``: the first number that no layer has."""
    taken, number = taken_names(artwork), 1
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def copied(studio: Studio, name: str, taken: Container[str]) -> str:
    """What a copy of the layer ``name`` is called: ``Ink copy``, then ``Ink copy 2``; never ``Ink copy copy``."""
    for words in {edits.COPY, studio.translate("layer-names", edits.COPY)}:
        ending = re.escape(words).replace(re.escape("{name}"), "(?P<stem>.+)")
        if found := re.fullmatch(rf"{ending}(?:\s\d+)?", name):
            name = found["stem"]
    return free(studio.translate("layer-names", edits.COPY).format(name=name), taken)


def of_copies(studio: Studio, artwork: Artwork) -> Callable[[Layer], str]:
    """Names for copies of layers of ``artwork``, made one after the other."""
    taken = taken_names(artwork)

    def name(layer: Layer) -> str:
        found = copied(studio, layer.name, taken)
        taken.add(found)
        return found

    return name


def numbered_names(pattern: str, count: int) -> tuple[str, ...]:
    """``count`` names from one with # for the number: ``Tree ##`` → ``Tree 01``, ``Tree 02``.

    A pattern without # is numbered at its end where there are several.
    """
    pattern = pattern.strip().replace("＃", NUMBER)
    if NUMBER not in pattern and count > 1:
        pattern += f" {NUMBER}"
    return tuple(
        re.sub(f"{NUMBER}+", lambda found, number=number: f"{number:0{len(found[0])}d}", pattern)
        for number in range(1, count + 1)
    )


def named(studio: Studio, before: Artwork, after: Artwork, name: str) -> Artwork:
    """``after``, where the active layer is ``name`` if it was empty (or not there) ``before`` and has its usual name yet.

    Part of the edit that made ``after``: one undo step takes both back.
    """
    layer = after.active_layer
    if not isinstance(layer, Paint) or not layer.surface or not is_usual(studio, layer.name):
        return after
    old = before.find(layer.id)
    if old is not None and not (isinstance(old, Paint) and not old.surface):
        return after
    return edits.rename(after, layer.id, free(name, taken_names(after)))


def is_usual(studio: Studio, name: str) -> bool:
    """Whether a layer is named as the studio names new ones: ``Paint``, ``Layer 3``, in English or the window's language."""
    plain = {word for source in (PAINT, LAYER) for word in (source, studio.translate("layer-names", source))}
    return re.fullmatch(rf"(?:{'|'.join(map(re.escape, plain))})\s?\d*", name) is not None


def free(name: str, taken: Container[str]) -> str:
    """``Ink``, or ``Ink 2`` where another layer is ``Ink`` already."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} {number}"
    return found
