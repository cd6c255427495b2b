"""What is written takes the place of a file whole, or not at all, and leaves nothing that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.project import atomic
from studio.project.errors import ExportError


def test_parts_are_closed_also_when_writing_fails(tmp_path: Path) -> None:
    closed: list[str] = []

    def parts(name: str) -> Iterator[bytes]:
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(name)

    first, second = parts("kept"), parts("lost")
    atomic.write(tmp_path / "a", first)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ExportError):
        atomic.write(folder, second)
    next(third := parts("begun"))
    with pytest.raises(ExportError):
        atomic.write(tmp_path / "nowhere" / "a", third)
    assert closed == ["kept", "begun"]
    assert not list(second) and not list(third)
    assert (tmp_path / "a").read_bytes() == b"onetwo" and [one.name for one in tmp_path.iterdir()] != []
    assert not list(tmp_path.glob(".danqing-*"))
