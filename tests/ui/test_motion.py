"""Whether things may move by themselves: what the settings and the systems say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui import motion


@pytest.fixture
def blinking(qapp: QApplication) -> Iterator[None]:
    before = QApplication.cursorFlashTime()
    yield
    QApplication.setCursorFlashTime(before)


def test_the_settings_and_a_caret_that_does_not_blink_ask_for_less(blinking: None) -> None:
    QApplication.setCursorFlashTime(1000)
    assert not motion.reduced(Settings()) and motion.reduced(Settings(motion="reduced"))
    QApplication.setCursorFlashTime(0)
    assert motion.reduced(Settings())


@pytest.mark.parametrize(
    ("words", "still"),
    [("AnimationDurationFactor=0", True), ("AnimationDurationFactor=0.5", False), ("", False), ("AnimationDurationFactor=x", False)],
)  # fmt: skip
def test_plasma_says_that_nothing_moves(tmp_path: Path, words: str, still: bool) -> None:
    file = tmp_path / "kdeglobals"
    assert not motion._plasma_is_still(file)
    file.write_text(f"[General]\nColorScheme=Dark\n\n[KDE]\n{words}\n", encoding="utf-8")
    assert motion._plasma_is_still(file) is still
