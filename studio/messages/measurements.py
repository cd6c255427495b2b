"""Measurements as they were written to files, and whether two of them may be compared at all."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from studio.messages.events import Footing
from studio.recipe import QT_TRANSLATE_NOOP

OTHER_FEATURES = QT_TRANSLATE_NOOP("measurements", "they rest on other networks: “{one}” and “{other}”")
OTHER_WEIGHTS = QT_TRANSLATE_NOOP(
    "measurements", "the networks have other weights: SHA-256 {one}… and {other}…"
)
OTHER_COUNT = QT_TRANSLATE_NOOP("measurements", "{one} and {other} made pictures were measured")
OTHER_REAL = QT_TRANSLATE_NOOP("measurements", "{one} and {other} real pictures stood beside")
OTHER_SIDE = QT_TRANSLATE_NOOP("measurements", "they were measured at {one} and {other} px")
OTHER_RESIZE = QT_TRANSLATE_NOOP(
    "measurements", "pictures came to their size otherwise: “{one}” and “{other}”"
)
OTHER_BESIDE = QT_TRANSLATE_NOOP("measurements", "other real pictures stood beside")
NO_FOOTING = QT_TRANSLATE_NOOP("measurements", "one of them does not say on what it rests; measure it again")
NOT_A_MEASUREMENT = QT_TRANSLATE_NOOP(
    "measurements", "{file} is no measurement ({reason}); write one with “danqing evaluate … --json FILE”"
)
TITLES = {
    "distance": QT_TRANSLATE_NOOP("measurements", "Fréchet distance"),
    "kernel_distance": QT_TRANSLATE_NOOP("measurements", "Kernel distance"),
    "variety": QT_TRANSLATE_NOOP("measurements", "Variety"),
    "precision": QT_TRANSLATE_NOOP("measurements", "Like the real ones"),
    "recall": QT_TRANSLATE_NOOP("measurements", "Real ones covered"),
    "density": QT_TRANSLATE_NOOP("measurements", "Density"),
    "coverage": QT_TRANSLATE_NOOP("measurements", "Coverage"),
    "sharpness": QT_TRANSLATE_NOOP("measurements", "Sharpness"),
    "copies": QT_TRANSLATE_NOOP("measurements", "Nearly copies"),
    "copied": QT_TRANSLATE_NOOP("measurements", "Copies"),
    "vgg_kernel_distance": QT_TRANSLATE_NOOP("measurements", "Kernel distance, VGG"),
    "vgg_precision": QT_TRANSLATE_NOOP("measurements", "Like the real ones, VGG"),
    "vgg_recall": QT_TRANSLATE_NOOP("measurements", "Real ones covered, VGG"),
    "vgg_density": QT_TRANSLATE_NOOP("measurements", "Density, VGG"),
    "vgg_coverage": QT_TRANSLATE_NOOP("measurements", "Coverage, VGG"),
    "fid": "FID",
    "inception_score": QT_TRANSLATE_NOOP("measurements", "Inception score"),
}
"""Figures that are compared, in order."""
PLAIN = {
    "brightness": QT_TRANSLATE_NOOP("measurements", "brightness"),
    "contrast": QT_TRANSLATE_NOOP("measurements", "contrast"),
    "colourfulness": QT_TRANSLATE_NOOP("measurements", "colourfulness"),
    "warmth": QT_TRANSLATE_NOOP("measurements", "warmth"),
    "detail": QT_TRANSLATE_NOOP("measurements", "fine detail"),
}
"""Attributes of pixels that a slider may change, in the order in which they are measured."""
OF_CLASS = QT_TRANSLATE_NOOP("measurements", "class {name}")
BY_CLASS = "class "
"""How the name of an attribute begins that is the share of a class."""
OF_INCEPTION = ("fid", "inception_score")
BY_VGG = "vgg_"
"""How the names of figures of the second network begin, a random VGG-16."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number. ``footing``: its own where it is not that of the others."""

    value: float | None = None
    interval: tuple[float, float] | None = None
    unit: str = ""
    footing: Footing | None = None


class OfNetwork(msgspec.Struct, frozen=True, kw_only=True):
    """Figures over the features of another network, on what its footing says."""

    footing: Footing | None = None
    measures: dict[str, Figure] = {}


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of a measurement holds of interest here."""

    name: str
    step: int = 0
    pictures: int
    real: int
    footing: Footing | None = None
    measures: dict[str, Figure] = {}
    random_vgg: OfNetwork | None = None
    fid: Figure = Figure()
    inception_score: Figure = Figure()

    def figure(self, name: str) -> Figure:
        if name in OF_INCEPTION:
            return getattr(self, name)
        if name.startswith(BY_VGG):
            found = self.random_vgg.measures if self.random_vgg else {}
            return found.get(name.removeprefix(BY_VGG), Figure())
        return self.measures.get(name, Figure())


class Said(NamedTuple):
    """A sentence (context ``measurements``) and what fills it."""

    sentence: str
    values: dict[str, str] = {}


def attribute(name: str) -> Said:
    """What an attribute that a slider may change is called."""
    if name.startswith(BY_CLASS):
        return Said(OF_CLASS, {"name": name.removeprefix(BY_CLASS)})
    return Said(PLAIN[name])


class Row(NamedTuple):
    """One figure of both. ``apart``: their intervals do not overlap, so they differ; None where there is no telling."""

    name: str
    one: Figure
    other: Figure
    apart: bool | None


class Comparison(NamedTuple):
    """``differences``: why nothing is compared. ``of_inception`` and ``of_vgg``: why the figures of those networks are not."""

    differences: tuple[Said, ...] = ()
    rows: tuple[Row, ...] = ()
    of_inception: tuple[Said, ...] = ()
    of_vgg: tuple[Said, ...] = ()


def compared(one: Measurement, other: Measurement) -> Comparison:
    """The figures of both beside each other where they are of equal footing, else what differs."""
    differences = _differences(one, other, one.footing, other.footing)
    if differences:
        return Comparison(differences)
    exact = deep = ()
    if one.fid.footing and other.fid.footing:
        exact = _differences(one, other, one.fid.footing, other.fid.footing)
    if one.random_vgg and other.random_vgg:
        deep = _differences(one, other, one.random_vgg.footing, other.random_vgg.footing)
    rows = []
    for name in TITLES:
        first, second = one.figure(name), other.figure(name)
        refused = (exact and name in OF_INCEPTION) or (deep and name.startswith(BY_VGG))
        if refused or (first.value is None and second.value is None):
            continue
        rows.append(Row(name, first, second, _apart(first, second)))
    return Comparison((), tuple(rows), exact, deep)


def _apart(one: Figure, other: Figure) -> bool | None:
    if one.interval is None or other.interval is None:
        return None
    return one.interval[1] < other.interval[0] or other.interval[1] < one.interval[0]


def _differences(
    one: Measurement, other: Measurement, first: Footing | None, second: Footing | None
) -> tuple[Said, ...]:
    if first is None or second is None:
        return (Said(NO_FOOTING),)
    pairs = (
        (OTHER_FEATURES, first.features, second.features),
        (OTHER_WEIGHTS, first.weights[:8], second.weights[:8]),
        (OTHER_COUNT, one.pictures, other.pictures),
        (OTHER_REAL, one.real, other.real),
        (OTHER_SIDE, first.side, second.side),
        (OTHER_RESIZE, first.resize, second.resize),
    )
    found = [
        Said(sentence, {"one": str(own), "other": str(foreign)})
        for sentence, own, foreign in pairs
        if own != foreign
    ]
    if not found and first.beside and second.beside and first.beside != second.beside:
        found.append(Said(OTHER_BESIDE))
    return tuple(found)


def read(data: bytes) -> Measurement:
    """Raises msgspec.DecodeError for anything but a measurement."""
    return msgspec.json.decode(data, type=Measurement)


def number(figure: Figure) -> str:
    """``0.412 [0.38 … 0.45]``; a dash where there is none."""
    if figure.value is None:
        return "–"
    if figure.interval is None:
        return f"{figure.value:.4g}"
    low, high = figure.interval
    return f"{figure.value:.4g} [{low:.4g} … {high:.4g}]"
