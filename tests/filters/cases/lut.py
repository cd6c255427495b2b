"""Cases of filters/lut.py."""

from __future__ import annotations

from studio.raster import cube
from tests.filters.case import Case

BOX = "LUT_3D_SIZE 2\n0 0 .1\n.9 0 0\n.1 1 0\n1 .8 .1\n0 .2 .9\n.7 0 1\n0 1 .9\n1 1 .8\n"
CHANNELS = "LUT_1D_SIZE 3\n0 .1 0\n.6 .5 .2\n1 .8 1\n"


def kept(text: str) -> dict[str, str]:
    return {"name": "some.cube", "content": cube.packed(cube.read(text))}


CASES = {
    "lut": Case(
        settings=(
            {"lut": kept(BOX)},
            {"lut": kept(BOX), "between": "trilinear", "strength": 0.4},
            {"lut": kept(CHANNELS)},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "lut@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.26703, 0.56176, 0.19519, 1.00000],
        [0.60763, 0.38045, 0.40377, 1.00000],
        [0.58763, 0.22843, 0.15036, 1.00000],
    ],
}
