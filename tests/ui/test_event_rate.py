"""The studio starts so that every sample of pen and mouse comes to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from studio import app

COMPRESSION = (
    Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
    Qt.ApplicationAttribute.AA_CompressTabletEvents,
)


class Begun(Exception):
    """The application would be made now."""


@pytest.fixture
def compressed(qapp: QApplication) -> Iterator[None]:
    """As some systems' own defaults have it."""
    before = [QCoreApplication.testAttribute(one) for one in COMPRESSION]
    interval = sys.getswitchinterval()
    for one in COMPRESSION:
        QCoreApplication.setAttribute(one, True)
    yield
    for one, was in zip(COMPRESSION, before, strict=True):
        QCoreApplication.setAttribute(one, was)
    sys.setswitchinterval(interval)


def test_no_event_is_compressed_when_the_application_is_made(
    compressed: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[bool] = []

    def made(*_: object) -> QApplication:
        found.extend(QCoreApplication.testAttribute(one) for one in COMPRESSION)
        raise Begun

    monkeypatch.setattr(app, "QApplication", made)
    monkeypatch.setattr(app, "_log_file", lambda: None)
    monkeypatch.setattr(app.input_method, "choose", lambda *_: None)
    with pytest.raises(Begun):
        app.main()
    assert found == [False, False]
