"""A studio died: the next one offers the picture with its face, and gives back every pixel and every undo step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from studio.project import recovery
from tests.flows.conftest import Window
from tests.flows.test_kill import paint_and_kill

Launch = Callable[..., Window]


def flat(window: Window) -> np.ndarray:
    picture = window.studio.current
    assert picture is not None
    return picture.renderer.flatten(picture.document.artwork)


def test_the_start_page_offers_it_with_its_face(launch: Launch, home: Path) -> None:
    paint_and_kill(0)
    paint_and_kill(1)
    (left,) = recovery.list_journals()
    window = launch()
    cards = window.window.start_page.cards
    window.until(lambda: str(left.path) in cards.recent and cards.recent[str(left.path)].isVisible())
    window.quiet()
    card = cards.recent[str(left.path)]
    assert not card.image.isNull()
    QTest.mouseDClick(card, Qt.MouseButton.LeftButton, pos=QPointF(card.rect().center()).toPoint())
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPointF(card.rect().center()).toPoint())
    window.until(lambda: window.studio.current is not None)
    window.quiet()
    assert len(window.studio.pictures) == 1 and not window.sentences("error", "warn")
    assert not window.window.start_page.is_shown()
    for number in (0, 1):
        assert flat(window)[10 + number * 20, 100, :3].max() < 0.5
    window.window.actions_.run("undo")
    window.window.actions_.run("undo")
    assert flat(window)[:60].min() == 1
    window.window.actions_.run("redo")
    assert flat(window)[10, 100, :3].max() < 0.5 and flat(window)[30, 100, :3].min() == 1


def test_two_windows_at_once_keep_out_of_each_others_way(launch: Launch, tmp_path: Path) -> None:
    one = launch()
    one.studio.new_picture(200, 160)
    one.stroke(0.3)
    one.quiet()
    other = launch()
    other.window.start_page.look()
    other.quiet()
    assert not other.window.start_page.cards.recent
    other.studio.new_picture(200, 160)
    other.stroke(0.6)
    other.quiet()
    for window in (one, other):
        assert window.studio.current is not None
        assert len(window.studio.current.document.history) == 2 and not window.sentences("error", "warn")
    one.close()
    other.window.start_page.look()
    other.studio.choose(None)
    other.quiet()
    other.until(lambda: len(other.window.start_page.cards.recent) == 1)


@pytest.mark.parametrize("keep", [True, False])
def test_untitled_closed_and_reopened(launch: Launch, keep: bool) -> None:
    window = launch()
    window.studio.new_picture(200, 160)
    window.stroke(0.5)
    shown = flat(window)
    if keep:
        window.close()
        window = launch()
    else:
        window.window.actions_.run("close")
    cards = window.window.start_page.cards
    window.until(lambda: len(cards.recent) == 1)
    QTest.mouseClick(next(iter(cards.recent.values())), Qt.MouseButton.LeftButton)
    window.until(lambda: window.studio.current is not None)
    assert np.array_equal(flat(window), shown)
    window.window.actions_.run("undo")
    assert flat(window).min() == 1
