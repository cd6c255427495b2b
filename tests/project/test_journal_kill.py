"""A studio killed in the middle of its commits loses no commit that was acknowledged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.project import recovery
from studio.project.journal import Journal
from studio.project.manifest import grids

PAINTER = """
import sys
import numpy as np
from pathlib import Path
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project.archive import Entry
from studio.project.journal import Journal
from studio.raster.geometry import Rect
from studio.raster.surface import Surface

journal = Journal.create(Path(sys.argv[1]))
layer = Paint(name="Ground", surface=Surface())
artwork = Artwork(width=512, height=512, layers=(layer,))
number = 0
while True:
    number += 1
    pixels = np.full((300, 300, 4), number / 1024, np.float16)
    layer = layer.with_(surface=layer.surface.write(Rect.of(number % 200, 0, 300, 300), pixels))
    artwork = artwork.with_(layers=(layer,))
    journal.write(artwork, Entry(id=number, parent=number - 1 if number > 1 else None, label="Stroke", time=number))
    print(number, flush=True)
"""


def killed_after(folder: Path, commits: int, delay_lines: int) -> int:
    """Starts a painter, kills it while it works, and returns the last commit it acknowledged."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PAINTER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as painter:
        assert painter.stdout is not None
        last = 0
        for line in painter.stdout:
            last = int(line)
            if last >= commits + delay_lines:
                break
        painter.kill()
        rest = painter.stdout.read().split()
    return int(rest[-1]) if rest else last


@pytest.mark.parametrize("round_", range(10))
def test_every_acknowledged_commit_is_there_after_a_kill(tmp_path: Path, round_: int) -> None:
    last = killed_after(tmp_path, 3, round_)
    (item,) = recovery.list_journals(tmp_path)
    assert item.problem == ""
    journal = Journal.open(item.path)
    ids = [entry.id for entry in journal.entries]
    assert ids[:last] == list(range(1, last + 1)) and len(ids) <= last + 1
    for number in (1, last):
        artwork = journal.load(number)
        (surface,) = grids(artwork)
        value = surface.read(artwork.rect)[10, number % 200 + 10, 0]
        assert value == pytest.approx(number / 1024)
    assert not journal.source.lost and not journal.archive.report()
    journal.close()
