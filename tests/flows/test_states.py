"""Every named state of the window is reached and drawn, in Chinese and English; what they look like is judged by eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from studio.ui import language, theme
from tests.flows import states


@pytest.mark.parametrize(("spoken", "dress"), [("zh_CN", "dark"), ("en", "light")])
def test_every_state_is_drawn(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: str, dress: str
):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("DANQING_HOME", str(tmp_path / "home"))
    files = states.main(tmp_path, (spoken,), (dress,))
    theme.wear(qapp, "dark", language.speak(qapp, "en"))
    names = [file.name.split("-", 1)[1].rsplit(f"-{spoken}", 1)[0] for file in files]
    assert {"start-empty", "start-recent", "generating", "four-results", "training", "palette"} <= set(names)
    drawn = [np.asarray(Image.open(file).convert("RGB")) for file in files]
    assert all(picture.shape == (states.SIZE[1], states.SIZE[0], 3) for picture in drawn)
    for before, after, name in zip(drawn, drawn[1:], names[1:], strict=False):
        assert (before != after).any(), f"{name} looks as the state before it"
