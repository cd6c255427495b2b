"""One step of training `studio-gan` at 128 pixels on the processor, against the same step straight on: float32, planes apart."""

from __future__ import annotations

from studio.bench.figures import Figure, figure
from studio.engine.training.pace import compared

RECIPE, BATCH = "studio-gan-studio", 8
SHARE = 0.5


def measure(quick: bool = False) -> list[Figure]:
    batch = 2 if quick else BATCH
    pace = compared(RECIPE, batch, 1 if quick else 5)
    what = f"training step of {RECIPE}, 128 px, batch {batch}, in processor time"
    shares = [ours / plain for ours, plain in zip(pace.ours, pace.plain, strict=True)]
    note = f"{batch / min(pace.ours):.2f} pictures/s of one core"
    return [
        figure(what, "s", pace.ours, note=note),
        figure(f"{what}: share of the same in float32, planes apart", "", shares, {"p50": SHARE}),
    ]
