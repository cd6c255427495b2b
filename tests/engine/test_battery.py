"""Whether the computer runs on its battery, and a run that waits for the mains."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.engine.training import battery
from studio.messages.events import Progress
from studio.messages.training import ON_BATTERY


def supply(folder: Path, name: str, **said: str) -> None:
    place = folder / name
    place.mkdir(parents=True)
    for key, value in said.items():
        (place / key).write_text(value + "\n")


def test_linux_says_battery_only_where_it_discharges_without_mains(tmp_path: Path):
    none, laptop, plugged, desktop = (tmp_path / name for name in ("none", "laptop", "plugged", "desktop"))
    assert not battery._linux(none)
    supply(laptop, "AC", type="Mains", online="0")
    supply(laptop, "BAT0", type="Battery", status="Discharging")
    assert battery._linux(laptop)
    supply(plugged, "AC", type="Mains", online="1")
    supply(plugged, "BAT0", type="Battery", status="Discharging")
    assert not battery._linux(plugged)
    supply(desktop, "hid-pen", type="Battery", status="Discharging", scope="Device")
    assert not battery._linux(desktop), "a pen's battery is none of the computer's"


@pytest.mark.parametrize(("said", "expected"), [("Battery", True), ("AC", False)])
def test_macos_says_it_in_its_first_line(monkeypatch: pytest.MonkeyPatch, said: str, expected: bool):
    line = f"Now drawing from '{said} Power'\n -InternalBattery-0 91%"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        battery.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 0, stdout=line)
    )
    assert battery.on_battery() is expected


def steps(ended: list[str]):
    try:
        for done in range(1, 4):
            yield Progress(done=done, total=3)
    finally:
        ended.append("closed")


def test_a_run_waits_and_says_so_and_goes_on():
    answers, ended = iter([False, True, True, False, False, False]), []
    told = [
        (event.done, event.text)
        for event in battery.at_mains(steps(ended), lambda: next(answers), every=0, nap=0)
    ]
    assert told == [(1, ""), (2, ""), (2, ON_BATTERY), (2, ON_BATTERY), (3, "")]


def test_a_run_that_waits_can_be_stopped():
    ended: list[str] = []
    events = battery.at_mains(steps(ended), lambda: True, every=0, nap=0)
    next(events)
    assert next(events).text == ON_BATTERY and not ended
    events.close()
    assert ended == ["closed"], "the run between two steps writes its checkpoint"
