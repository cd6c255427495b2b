"""What a damaged project still holds, found without SQLite: its rows are looked for in the raw pages of the file.

Nearly every row is named by the digest of what it holds and carries a checksum, so a row that was found is right wherever
it lay, whatever became of the tree above it. Record and overflow format: "Database File Format", sqlite.org, 2.1 and 1.6.
"""

from __future__ import annotations

import contextlib
import mmap
import re
import sqlite3
import struct
import time
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import zstandard

from studio import paths
from studio.project import store
from studio.project.errors import StoreError, read_failure
from studio.project.journal import Journal, remove_files
from studio.project.store import PAGE_SIZE

_BLOB16 = 44
"""The serial type of a blob of 16 bytes: a digest."""
_REAL = 7
_LOCAL = PAGE_SIZE - 35
_LEAST = (PAGE_SIZE - 12) * 32 // 255 - 23
_ADDRESSED = re.compile(rb"[\x04-\x0c]\x2c")
_DATED = re.compile(rb"\x07\x2c")
_LONGEST_HEADER = 16
_LARGEST = 1 << 28
STEP = "Recovered"


class _Pages:
    def __init__(self, data: mmap.mmap) -> None:
        self.data = data

    def payload(self, start: int, length: int) -> bytes | None:
        """``length`` bytes of a record that begins at ``start``, followed through its overflow pages."""
        local = length
        if length > _LOCAL:
            kept = _LEAST + (length - _LEAST) % (PAGE_SIZE - 4)
            local = kept if kept <= _LOCAL else _LEAST
        end = start + local
        if end > (start // PAGE_SIZE + 1) * PAGE_SIZE or end > len(self.data):
            return None
        parts, left = [self.data[start:end]], length - local
        page = struct.unpack_from(">I", self.data, end)[0] if left and end + 4 <= len(self.data) else 0
        while left:
            place = (page - 1) * PAGE_SIZE
            if page < 2 or place + 4 > len(self.data):
                return None
            page = struct.unpack_from(">I", self.data, place)[0]
            part = self.data[place + 4 : place + 4 + min(left, PAGE_SIZE - 4)]
            if not part:
                return None
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def record(self, start: int) -> list | None:
        """The values of the record whose header begins at ``start``; None where none can lie there."""
        size = self.data[start]
        place, end, kinds = start + 1, start + size, []
        while place < end:
            kind, place = _varint(self.data, place)
            kinds.append(kind)
        if place != end or any(kind in (10, 11) for kind in kinds):
            return None
        lengths = [_length(kind) for kind in kinds]
        whole = size + sum(lengths)
        body = self.payload(start, whole) if whole <= _LARGEST else None
        if body is None or len(body) != whole:
            return None
        values, at = [], size
        for kind, length in zip(kinds, lengths, strict=True):
            values.append(_value(kind, body[at : at + length]))
            at += length
        return values

    def number(self, start: int, length: int) -> int:
        """The row's number, which stands between its length and its record at ``start``; 0 where it cannot be made out."""
        before = _as_varint(length)
        for size in range(1, 10):
            place = start - size - len(before)
            if place >= 0 and self.data[place : place + len(before)] == before:
                value, end = _varint(self.data, start - size)
                if end == start:
                    return value
        return 0


def _as_varint(value: int) -> bytes:
    """The bytes of a number below 2⁵⁶."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(value & 0x7F | 0x80)
    return bytes(reversed(parts))


def _varint(data: mmap.mmap, place: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        if place >= len(data):
            return 0, place + 1
        byte = data[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
        if index == 7:
            break
    return value << 8 | (data[place] if place < len(data) else 0), place + 1


def _length(kind: int) -> int:
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind] if kind < 10 else (kind - 12) // 2


def _value(kind: int, data: bytes) -> object:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == _REAL:
        return struct.unpack(">d", data)[0]
    if kind < 10:
        return int.from_bytes(data, "big", signed=True)
    return data if kind % 2 == 0 else data.decode("utf-8", "replace")


def _addressed(pages: _Pages) -> Iterator[tuple[bytes, bytes, int]]:
    """(digest, bytes, number) of every row of an addressed table whose checksum holds."""
    for found in _ADDRESSED.finditer(pages.data):
        values = pages.record(found.start())
        if values is None or len(values) != 3:
            continue
        digest, data, crc = values
        if isinstance(data, bytes) and isinstance(crc, int) and zlib.crc32(data) == crc:
            size = pages.data[found.start()] + 16 + len(data) + _int_length(pages.data, found.start())
            yield digest, data, pages.number(found.start(), size)


def _int_length(data: mmap.mmap, start: int) -> int:
    """Bytes of the number that is the last value of the record at ``start``."""
    return _length(data[start + data[start] - 1])


def _dated(pages: _Pages) -> Iterator[list]:
    """Rows of steps (six columns) and of results (four): in both a time stands before a digest."""
    for found in _DATED.finditer(pages.data):
        for start in range(found.start() - 1, max(-1, found.start() - _LONGEST_HEADER), -1):
            if not found.end() - start <= pages.data[start] <= _LONGEST_HEADER:
                continue
            values = pages.record(start)
            if values is not None and (_is_step(values) or _is_result(values)):
                yield values
                break


def _is_step(values: list) -> bool:
    kinds = len(values) == 6 and values[0] is None and isinstance(values[1], str | int)
    return (
        kinds and isinstance(values[3], str) and isinstance(values[4], float) and isinstance(values[5], bytes)
    )


def _is_result(values: list) -> bool:
    if len(values) != 4 or not (isinstance(values[0], str) and isinstance(values[3], bytes)):
        return False
    try:
        msgspec.msgpack.decode(store.unpacked(values[3]))
    except (zstandard.ZstdError, msgspec.DecodeError):
        return False
    return True


def salvaged_journal(path: str | Path, folder: Path | None = None) -> Journal | None:
    """A journal of what ``path`` still holds, not saved anywhere yet; None where that is nothing, or cannot be written."""
    folder = folder or paths.journals()
    target = folder / f"{uuid.uuid4()}.danqing"
    journal = None
    with contextlib.suppress(StoreError, OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if salvage(path, target):
            journal = Journal.open(target)
            journal.set_meta(title=Path(path).stem, created=time.time(), saved="")
    if journal is None:
        remove_files(target)
    return journal


def salvage(path: str | Path, target: str | Path) -> int:
    """Writes what ``path`` still holds into the new project ``target``; returns the number of rows found, 0 for nothing.

    Raises StoreError where the file cannot be read or the target not be written.
    """
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _written(_Pages(data), target)
    except OSError as error:
        failed = read_failure(error, path)
        raise StoreError(failed.kind, path, failed.arguments) from None
    except ValueError:  # an empty file cannot be mapped
        return 0


def _written(pages: _Pages, target: str | Path) -> int:
    connection = store.connect(target, "rwc")
    try:
        store.migrate(connection)
        with store.transaction(connection):
            count, manifests = _write_addressed(connection, pages)
            _write_dated(connection, pages, manifests)
        return count
    except sqlite3.Error as error:
        raise store.failure(error, target) from None
    finally:
        connection.close()


def _write_addressed(connection: sqlite3.Connection, pages: _Pages) -> tuple[int, list[bytes]]:
    """The number of rows, and the digests of those that are pictures, in the order in which they were written.

    A row does not say of which table it is: what is packed and named by its digest goes into all of them but ``tile``.
    """
    count, pictures = 0, []
    for digest, data, number in _addressed(pages):
        count += 1
        plain = b""
        with contextlib.suppress(zstandard.ZstdError):
            plain = store.unpacked(data)
        packed = store.digest_of(plain) == digest
        if packed and _is_picture(plain):
            pictures.append((number, digest))
        for table in store.ADDRESSED[1:] if packed else store.ADDRESSED[:1]:
            store.insert(connection, table, [(digest, data)])
    return count, [digest for _, digest in sorted(pictures)]


def _is_picture(plain: bytes) -> bool:
    try:
        values = msgspec.msgpack.decode(plain)
    except msgspec.DecodeError:
        return False
    return isinstance(values, dict) and {"width", "height", "layers"} <= values.keys()


def _write_dated(connection: sqlite3.Connection, pages: _Pages, manifests: list[bytes]) -> None:
    rows = list(_dated(pages))
    steps = {
        values[1]: values for values in sorted((row for row in rows if len(row) == 6), key=lambda row: row[4])
    }
    if not steps:  # their page is lost: the pictures are all there is, the last one first
        steps = {
            f"{number}": [None, f"{number}", f"{number - 1}", STEP, float(number), digest]
            for number, digest in enumerate(manifests)
        }
    connection.executemany(
        "INSERT OR IGNORE INTO revision (id, parent, label, time, manifest) VALUES (?, ?, ?, ?, ?)",
        [tuple(values[1:]) for values in sorted(steps.values(), key=lambda row: row[4])],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?)", [tuple(row) for row in rows if len(row) == 4]
    )
