"""The most memory a filter takes on a picture of 4096² above the open document, in sizes of its half floats.

Each filter runs in a process of its own, so that no memory that an earlier one gave back hides what it takes. All that need the
whole picture are measured, and the local ones that are used most.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from studio import recipe
from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.filters.kind import finished
from studio.raster.geometry import TILE
from studio.raster.surface import Surface
from studio.workspace.filter_targets import filtered

SIDE = 4096
MOST = 1.5
SECONDS = 300
LOCAL = (
    "levels", "curves", "hue-saturation", "gaussian-noise", "gaussian-blur", "box-blur", "motion-blur", "median", "bilateral",
    "unsharp-mask", "shadows-highlights", "sobel", "kuwahara", "halftone",
)  # fmt: skip
Values = Mapping[str, dict[str, object]]
CHANGING: Values = {
    "levels": {"gamma": 1.5},
    "curves": {"curve": ((0.0, 0.0), (0.5, 0.6), (1.0, 1.0))},
    "hue-saturation": {"saturation": 0.2},
    "offset": {"across": 0.3, "down": 0.3},
    "perspective": {"left_top_x": 0.1},
    "colour-fringes": {"red": 0.5},
    "displace": {"edge": "wrap"},
}
"""Values other than the first ones, where those change nothing, or do not need the whole picture."""
MUCH: Values = {
    "radial-blur": {"angle": 360.0},
    "zoom-blur": {"amount": 1.0},
    "level-heights": {"sigma": 1000.0},
}
"""Values with which a filter that needs the whole picture looks farthest around itself. One that works on parts holds all that
a part looks at, the same however large the picture is."""
WATCHED = Path("/proc/self/clear_refs")


def measure(quick: bool = False) -> Iterator[Figure]:
    side = 512 if quick else SIDE
    local, far = (LOCAL[:1], tuple(MUCH)[:1]) if quick else (LOCAL, tuple(MUCH))
    whole = [kind.name for kind in FILTERS.values() if kind.needs_whole(kind.parameters())]
    whole.append("displace")
    yield told(f"{side}²: memory of filters that need the whole picture", side, whole[:1] if quick else whole)
    yield told(f"{side}²: memory of local filters", side, local)
    yield told(f"{side}²: memory of filters that look far", side, far, MUCH)


def told(words: str, side: int, names: Sequence[str], values: Values = CHANGING) -> Figure:
    """Of each of these filters, the greatest first in the note."""
    if not WATCHED.exists():
        return figure(words, "×", [], {}, "measured on Linux only")
    found = {name: above(side, name, values.get(name)) for name in names}
    worst = sorted(found, key=found.__getitem__, reverse=True)
    note = f"of {len(worst)}: " + ", ".join(f"{name} {found[name]:.2f}" for name in worst)
    return figure(words, "×", [found[name] for name in worst], {"max": MOST}, note)


def above(side: int, name: str, values: dict[str, object] | None = None) -> float:
    """Of one filter, from a new process. Raises RuntimeError."""
    command = [
        sys.executable,
        "-m",
        "studio.bench.rows.filter_memory",
        str(side),
        name,
        json.dumps(CHANGING.get(name, {}) if values is None else values),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
    return float(done.stdout)


def taken(side: int, name: str, values: dict[str, object]) -> float:
    """The same in this process, which has done nothing else."""
    few = photo_surface(TILE, TILE, 2)
    tile = few.tile((0, 0))
    assert tile is not None
    across = side // TILE
    surface = Surface({(x, y): tile for y in range(across) for x in range(across)}, few.dtype)
    artwork = edits.from_picture(surface, side, side, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    WATCHED.write_text("5")  # the peak begins anew
    before = _resident("VmRSS")
    kind = FILTERS[name]
    made = finished(filtered(artwork, layer, kind, recipe.from_plain(kind.parameters, values)))
    if made.tiles == surface.tiles:
        raise RuntimeError(f"{name} changed nothing")
    return (_resident("VmHWM") - before) / (8 * side * side)


def _resident(what: str) -> int:
    """Bytes of memory that this process has (``VmRSS``), or had at most (``VmHWM``)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return 1024 * int(line.split()[1])
    raise RuntimeError(f"/proc/self/status has no {what}")


if __name__ == "__main__":
    sys.stdout.write(f"{taken(int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])):.4f}\n")
