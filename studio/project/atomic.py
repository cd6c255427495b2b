"""Writing a file so that there is always a whole one: beside, synced, renamed."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import NamedTuple

from studio.project.errors import write_failure


class At(NamedTuple):
    """Bytes that are written over those at ``place``, once they are known."""

    place: int
    data: bytes


AGAIN = At(-1, b"")
"""What was written so far is thrown away: the file begins anew."""


def beside(path: str | Path) -> Path:
    """A hidden name in the same folder, short enough for any file system."""
    return Path(path).parent / f".danqing-{uuid.uuid4().hex[:12]}.part"


def write(path: str | Path, parts: Iterable[bytes | At]) -> None:
    """Replaces the file at ``path``; each part is written as it comes. Raises ExportError; then what stood there is unchanged."""
    temporary = beside(path)
    try:
        if os.path.isdir(path):
            raise IsADirectoryError
        with open(temporary, "xb") as file:
            for part in parts:
                if part is AGAIN:
                    file.seek(0)
                    file.truncate()
                elif isinstance(part, At):
                    file.seek(part.place)
                    file.write(part.data)
                    file.seek(0, os.SEEK_END)
                else:
                    file.write(part)
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, path)
    except OSError as error:
        raise write_failure(error, path) from None
    finally:
        if isinstance(parts, Generator):
            parts.close()  # a part that waits to be asked for may hold threads
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def replace(temporary: Path, path: str | Path) -> None:
    """Renames over ``path`` and makes the rename itself survive a power cut."""
    with contextlib.suppress(OSError):
        os.chmod(temporary, os.stat(path).st_mode & 0o777)
    os.replace(temporary, path)
    sync_folder(Path(path).parent)


def sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
