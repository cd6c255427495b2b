"""A job that took long and ended in the background calls the artist back; others do not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from studio.ui import attention
from studio.ui.attention import Attention
from tests.ui.benches import Bench


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sentences: list[str] = []
    monkeypatch.setattr(Attention, "call", lambda _self, job: sentences.append(job))
    return sentences


@pytest.mark.parametrize(("seconds", "active", "wanted"), [(31, False, 1), (31, True, 0), (29, False, 0)])
def test_only_what_was_long_and_unwatched_calls(
    bench: Bench,
    called: list[str],
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    active: bool,
    wanted: int,
) -> None:
    now = [10.0]
    monkeypatch.setattr(attention.time, "monotonic", lambda: now[0])
    window = QWidget()
    monkeypatch.setattr(window, "isActiveWindow", lambda: active)
    watching = Attention(bench.studio, window)
    number = bench.studio.jobs.begin("Saving {file}", {"file": "lake"})
    now[0] += seconds
    bench.studio.jobs.end(number)
    assert called == ["Saving lake"] * wanted
    assert watching.parent() is window
    window.deleteLater()
