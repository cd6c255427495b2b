"""Fusion: one picture of several. The registry of all methods, by name."""

from __future__ import annotations

from studio.synthesis import (
    activity,
    cloning,
    compositing,
    detail,
    exposure,
    harmonise,
    hdr,
    morph,
    pyramids,
    stacks,
)
from studio.synthesis.fusion import Fusion

FUSIONS: dict[str, Fusion] = {
    fusion.name: fusion
    for module in (compositing, morph, pyramids, cloning, harmonise, exposure, activity, stacks, hdr, detail)
    for fusion in module.FUSIONS
}
