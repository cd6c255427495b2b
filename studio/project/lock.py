"""Who has a journal open: a lock that the system lets go when its process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """An exclusive lock on ``path``, held until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """False when another holder has it."""
        file = open(self.path, "a+b")
        try:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Lets go; the lock's own file stays, as another process may be about to lock it."""
        if self._file is not None:
            if sys.platform == "win32":
                self._file.seek(0)
                msvcrt.locking(self._file.fileno(), msvcrt.LK_UNLCK, 1)
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Deletes the lock's file and lets go."""
        if os.name != "nt":
            self.path.unlink(missing_ok=True)
            self.release()
        else:
            self.release()
            self.path.unlink(missing_ok=True)
