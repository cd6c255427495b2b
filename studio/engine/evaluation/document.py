"""A report as a JSON file: each number with its unit and what it is."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from studio.engine.evaluation.figures import LEVEL, METHOD, REPLICATES, SEED
from studio.messages.events import Controlled, Evaluated, InceptionFigures, VggFigures

VERSION = 1


class _Measure(NamedTuple):
    unit: str
    definition: str


_COVARIANCE = "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) of the features, each in deviations of the real (Heusel et al. 2017)"
MEASURES: dict[str, _Measure] = {
    "distance": _Measure("deviations of the real, squared", f"{_COVARIANCE}; no FID: see features"),
    "distance_of_halves": _Measure(
        "deviations of the real, squared", "distance of one half of the real from the other"
    ),
    "variety": _Measure("ratio", "mean distance of two made pictures by that of two real ones"),
    "precision": _Measure(
        "share 0–1", "of the made, within the 3rd nearest of a real one (Kynkäänniemi et al. 2019)"
    ),
    "recall": _Measure(
        "share 0–1", "of the real, within the 3rd nearest of a made one (Kynkäänniemi et al. 2019)"
    ),
    "kernel_distance": _Measure(
        "squared discrepancy",
        "unbiased MMD² with the kernel (x·y/d + 1)³ over the features, each in deviations of the real, mean over random subsets "
        "(Bińkowski et al. 2018); around 0 for sets alike; no KID of Inception: see features",
    ),
    "density": _Measure(
        "mean count by k", "of balls to the 5th nearest of real ones around a made one (Naeem et al. 2020)"
    ),
    "coverage": _Measure(
        "share 0–1", "of the real, with a made one within their 5th nearest (Naeem et al. 2020)"
    ),
    "sharpness": _Measure(
        "ratio",
        "mean variance of the Laplacian of the brightness of the made by that of the real (Pech-Pacheco et al. 2000); 1 is as sharp, less "
        "is blurred, more is grain",
    ),
    "copies": _Measure(
        "share 0–1",
        "of the made, nearer to a real one than all but 5 % of the real are to each other, mirrored too",
    ),
    "copies_held_out": _Measure("share 0–1", "the same of real pictures that were never trained on"),
    "copied": _Measure(
        "pictures",
        "of the made, whose edges, whatever their colours, agree with those of a real one, mirrored or cut to 72 % too, as those of "
        "one in two hundred of the real at most agree with another",
    ),
}
"""Numbers of Evaluated by their names there."""
INCEPTION: dict[str, _Measure] = {
    "fid": _Measure(
        "squared distance",
        "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) of 2048 Inception features (Heusel et al. 2017); grows as pictures become fewer",
    ),
    "inception_score": _Measure(
        "1 to the number of logits",
        "exp of the mean KL(p(y|x) ‖ p(y)) over all made pictures (Salimans et al. 2016); shrinks as pictures become fewer",
    ),
}
"""Numbers of InceptionFigures by their names there."""
VGG = ("kernel_distance", "precision", "recall", "density", "coverage")
"""Numbers of VggFigures by their names there, which are also in MEASURES."""
NO_WEIGHTS = "needs the weights of the Inception network, which are not part of Danqing and are not downloaded; give their file with --inception"


def document(report: Evaluated) -> bytes:
    """UTF-8 JSON; a number that cannot be told (copies where a rule makes the pictures) is null."""
    plain: dict[str, Any] = {
        "version": VERSION,
        "name": report.name,
        "kind": "folder" if report.folder else "model",
        "step": report.step,
        "pictures": report.count,
        "real": report.real,
        "held_out": report.held_out,
        "footing": report.footing,
        "intervals": {"level": LEVEL, "method": METHOD, "replicates": REPLICATES, "seed": SEED},
        "measures": {name: _told(report, name, one) for name, one in MEASURES.items()},
        "random_vgg": _of_vgg(report.vgg),
        **_of_inception(report.inception),
        "agreement": report.agreement,
        "controllability": None if report.controlled is None else _of_sliders(report.controlled),
        "skipped": report.skipped,
    }
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _of_vgg(found: VggFigures | None) -> dict[str, Any] | None:
    """By the second network: the same definitions over its features."""
    if found is None:
        return None
    told = {
        name: {
            "value": getattr(found, name),
            "interval": found.intervals.get(name),
            "unit": MEASURES[name].unit,
            "definition": MEASURES[name].definition,
        }
        for name in VGG
    }
    return {"footing": found.footing, "measures": told}


def _of_inception(found: InceptionFigures | None) -> dict[str, Any]:
    if found is None:
        return {name: {"value": None, "reason": NO_WEIGHTS} for name in INCEPTION}
    return {
        name: {
            "value": getattr(found, name),
            "interval": found.intervals.get(name),
            "unit": measure.unit,
            "definition": measure.definition,
            "footing": found.footing,
        }
        for name, measure in INCEPTION.items()
    }


def _of_sliders(found: Controlled) -> dict[str, Any]:
    """Of each slider what it changes most and next to that, then the whole table."""
    return {
        "pictures": found.pictures,
        "amounts": [-found.amount, found.amount],
        "variety": found.variety,
        "judge": {
            "classes": found.classes,
            "right": found.right if found.right >= 0 else None,
            "held_out": found.held_out,
        },
        "unit": "deviations between unmoved pictures",
        "definition": "mean change of the attribute from the first amount to the second, and its correlation with the amount within each "
        "picture; a class stands for its share by the judge",
        "sliders": [
            {
                "name": one.name,
                "changes": one.ranked[0] if one.seen else None,
                "next": one.ranked[1],
                "all": {
                    name: {"change": one.changes[name], "correlation": one.correlations[name]}
                    for name in one.ranked
                },
            }
            for one in found.sliders
        ],
    }


def _told(report: Evaluated, name: str, measure: _Measure) -> dict[str, Any]:
    value = getattr(report, name)
    unknown = (name.startswith("cop") or name == "sharpness") and value < 0
    return {
        "value": None if unknown else value,
        "interval": report.intervals.get(name),
        "unit": measure.unit,
        "definition": measure.definition,
    }
