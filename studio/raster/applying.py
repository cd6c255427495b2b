"""Which parameters of a brush change its stroke, and why the others do not: said once, shown wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.raster.dynamics import DrivenParameter
from studio.raster.ranks import Ranks
from studio.raster.stamp import sharp
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.raster.brush import Brush

BLENDS = QT_TRANSLATE_NOOP("brush", "Only paint and clone are laid with a blend mode.")
EDGES = QT_TRANSLATE_NOOP("brush", "Smudge and blur leave no edge of paint.")
COLOURS = QT_TRANSLATE_NOOP("brush", "Only a brush that paints has a colour to vary.")
OWN_COLOURS = QT_TRANSLATE_NOOP("brush", "The tip brings its own colours.")
MIXES = QT_TRANSLATE_NOOP("brush", "Only paint and smudge pick up colours.")
NO_SMUDGE = QT_TRANSLATE_NOOP("brush", "Smudge is 0: nothing is picked up.")
BLURS = QT_TRANSLATE_NOOP("brush", "Only for the brush mode Blur.")
CLONES = QT_TRANSLATE_NOOP("brush", "Only for the brush mode Clone.")
TAKES_NOTHING = QT_TRANSLATE_NOOP("brush", "This brush takes nothing from the picture.")
ROUND = QT_TRANSLATE_NOOP("brush", "A round tip looks the same at any angle.")
OWN_EDGE = QT_TRANSLATE_NOOP("brush", "Tip images have an edge of their own.")
HARD = QT_TRANSLATE_NOOP("brush", "Hard pixels have no soft edge.")
ALIKE = QT_TRANSLATE_NOOP("brush", "A round tip looks the same mirrored.")
RANKED = QT_TRANSLATE_NOOP(
    "brush", "Several things at once choose its tips, as the file says that the brush came from."
)
NO_SCATTER = QT_TRANSLATE_NOOP("brush", "Scatter is 0.")
ONE_TIP = QT_TRANSLATE_NOOP("brush", "Only for several tip images.")
NOT_INK = QT_TRANSLATE_NOOP("brush", "Only the tip Ink shows grain.")
NO_INK = QT_TRANSLATE_NOOP("brush", "Smudge and blur leave no ink.")
NO_TEXTURE = QT_TRANSLATE_NOOP("brush", "No texture is chosen.")
NO_STABILISER = QT_TRANSLATE_NOOP("brush", "The stabiliser is off.")
NO_PRESSURE = QT_TRANSLATE_NOOP("brush", "Nothing follows the pressure.")
NO_MORE = QT_TRANSLATE_NOOP(
    "brush", "More dabs at one place cover no more: add scatter or jitter, or take flow away."
)
NOTHING = QT_TRANSLATE_NOOP("brush", "Its value is 0, so there is nothing to drive.")
ONE = QT_TRANSLATE_NOOP("brush", "Count is 1: drive it above 100 %.")

_JITTERS = (
    "jitter_size", "jitter_angle", "jitter_flow", "jitter_hue", "jitter_saturation", "jitter_value",
)  # fmt: skip
_OF_FIELD = {
    "texture": "texture_strength",
    "hue": "jitter_hue",
    "saturation": "jitter_saturation",
    "value": "jitter_value",
}
_FROM_NOTHING = ("hue", "saturation", "value", "angle", "offset_x", "offset_y")
"""What is added to needs no value of its own."""


def applies(name: str, brush: Brush) -> bool:
    """Whether the field ``name`` of ``brush`` changes its strokes as the others are set."""
    return not reason_against(name, brush)


def reason_against(name: str, brush: Brush) -> str:
    """Why the field ``name`` changes nothing: a sentence to translate in context ``brush``; empty where it acts."""
    rule = _RULES.get(name)
    return rule(brush) if rule is not None else ""


def reason_against_driving(parameter: DrivenParameter, brush: Brush) -> str:
    """Why no sensor changes anything by ``parameter``; empty where it does."""
    field = _OF_FIELD.get(parameter, parameter)
    reason = reason_against(field, brush)
    if reason or parameter in _FROM_NOTHING:
        return reason
    if parameter == "grain" and not _covers(brush):
        return NO_INK
    if parameter == "count" and brush.count == 1:
        more = any(max(one.low, one.high) > 1 for one in brush.dynamics if one.parameter == "count")
        return "" if more else ONE
    return "" if getattr(brush, field) else NOTHING


def _covers(brush: Brush) -> bool:
    """Whether it lays something over the picture, rather than moving what is there."""
    return brush.mode not in ("smudge", "blur")


def _driven(brush: Brush, parameter: str) -> bool:
    return any(one.parameter == parameter for one in brush.dynamics)


def _pictures(brush: Brush) -> bool:
    return brush.tip == "image" and bool(brush.tips)


def _mixes(brush: Brush) -> bool:
    return brush.smudge > 0 and brush.mode in ("paint", "smudge")


def _blend(brush: Brush) -> str:
    return "" if brush.mode in ("paint", "clone") else BLENDS


def _wet_edges(brush: Brush) -> str:
    return "" if _covers(brush) else EDGES


def _colour(brush: Brush) -> str:
    if brush.mode != "paint":
        return COLOURS
    coloured = _pictures(brush) and any(tip.channels == 4 for tip in brush.tips)
    return OWN_COLOURS if coloured else ""


def _smudge(brush: Brush) -> str:
    return "" if brush.mode in ("paint", "smudge") else MIXES


def _wetness(brush: Brush) -> str:
    return _smudge(brush) or ("" if brush.smudge else NO_SMUDGE)


def _sample(brush: Brush) -> str:
    return "" if brush.mode in ("clone", "smudge", "blur") or _mixes(brush) else TAKES_NOTHING


def _hardness(brush: Brush) -> str:
    if brush.aliased:
        return HARD
    return OWN_EDGE if _pictures(brush) else ""


def _angle(brush: Brush) -> str:
    turns = _pictures(brush) or (brush.tip == "ink" and not brush.aliased)
    return "" if turns or brush.roundness < 1 or _driven(brush, "roundness") else ROUND


def _tip_order(brush: Brush) -> str:
    if not (_pictures(brush) and len(brush.tips) > 1):
        return ONE_TIP
    return RANKED if Ranks.of(brush) is not None else ""


def _flip(brush: Brush) -> str:
    return "" if _pictures(brush) or (brush.tip == "ink" and not brush.aliased) else ALIKE


def _grain(brush: Brush) -> str:
    return "" if brush.tip == "ink" else NOT_INK


def _texture(brush: Brush) -> str:
    missing = brush.texture == "none" or (brush.texture == "image" and brush.texture_image is None)
    return NO_TEXTURE if missing else ""


def _texture_scale(brush: Brush) -> str:
    return _texture(brush) or ("" if brush.texture_strength else NO_TEXTURE)


def _orders(brush: Brush) -> set[str]:
    """What chooses among its tips."""
    ranks = Ranks.of(brush) if _pictures(brush) else None
    if ranks is not None:
        return set(ranks.orders)
    return set() if _tip_order(brush) else {brush.tip_order}


def _speed_pressure(brush: Brush) -> str:
    return (
        ""
        if "pressure" in _orders(brush) or any(one.sensor == "pressure" for one in brush.dynamics)
        else NO_PRESSURE
    )


def _count(brush: Brush) -> str:
    """At full flow what the tip's edge covers is covered for good; what was smudged to a place is smudged there."""
    alike = not brush.scatter and not any(one.sensor == "random" for one in brush.dynamics)
    alike = alike and not any(getattr(brush, name) and applies(name, brush) for name in _JITTERS)
    alike = alike and not _orders(brush) & {"random", "in-turn"}
    alike = alike and not ((brush.flip_x or brush.flip_y) and not _flip(brush))
    full = brush.flow == 1 and not _driven(brush, "flow") and _covers(brush) and not _mixes(brush)
    edge = sharp(brush.size / 2, brush.hardness, brush.roundness) and not _pictures(brush)
    done = brush.mode == "smudge" or (full and (edge or brush.aliased or brush.tip == "ink"))
    return NO_MORE if alike and done else ""


def _only(mode: str, reason: str) -> Callable[[Brush], str]:
    return lambda brush: "" if brush.mode == mode else reason


_RULES = MappingProxyType(
    {
        "blend": _blend, "wet_edges": _wet_edges, "jitter_hue": _colour, "jitter_saturation": _colour,
        "jitter_value": _colour, "smudge": _smudge, "wetness": _wetness, "sample": _sample, "hardness": _hardness,
        "angle": _angle, "jitter_angle": _angle, "tip_order": _tip_order, "flip_x": _flip, "flip_y": _flip, "grain": _grain, "texture_strength": _texture,
        "texture_scale": _texture_scale, "speed_pressure": _speed_pressure, "count": _count,
        "scatter_across": lambda brush: "" if brush.scatter else NO_SCATTER,
        "blur": _only("blur", BLURS), "clone_aligned": _only("clone", CLONES),
        "smoothing": lambda brush: NO_STABILISER if brush.stabiliser == "none" else "",
    }
)  # fmt: skip
