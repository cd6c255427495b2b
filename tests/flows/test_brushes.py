"""Brushes from other programs, let fall on the real window: they paint, or a card says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.flows.conftest import Window
from tests.project import brush_files as made

TIP = np.zeros((24, 24), np.uint8)
TIP[4:20, 6:18] = 230
FILES = {
    "leaf.gbr": made.gbr(TIP), "leaves.gih": made.gih([TIP, TIP.T.copy()]),
    "ps.abr": made.abr_new({made.UUID: TIP}, [made.preset()]), "old.abr": made.abr_old(2, [TIP], True),
    "pencil.myb": made.MYB_JSON, "charcoal.myb": made.MYB_TEXT.encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_foreign_brush_is_dropped_and_paints(name: str, launch: Callable[..., Window], tmp_path: Path):
    window = launch()
    file = tmp_path / name
    file.write_bytes(FILES[name])
    studio = window.studio
    studio.new_picture(300, 200)
    window.quiet()
    before = studio.painting.brush
    window.drop(file)
    window.until(lambda: studio.painting.brush != before)
    window.stroke()
    window.until(lambda: len(studio.current.document.history) > 1)  # type: ignore[union-attr]
    assert not [notice for notice in window.told if notice.kind == "error"]


def test_a_damaged_brush_is_a_card_that_names_it(launch: Callable[..., Window], tmp_path: Path):
    window = launch()
    file = tmp_path / "坏了.abr"
    file.write_bytes(FILES["ps.abr"][:400])
    window.drop(file)
    window.until(lambda: bool(window.cards()))
    assert [("坏了.abr" in card) for card in window.cards()] == [True]


def test_the_brush_in_the_hand_is_in_it_at_the_next_start(
    launch: Callable[..., Window],
):
    first = launch()
    first.studio.brushes.load()
    first.quiet()
    first.studio.brushes.choose("charcoal")
    first.quiet()
    first.close()
    second = launch()
    second.studio.brushes.load()
    second.quiet()
    assert second.studio.painting.brush == second.studio.brushes["charcoal"].brush
