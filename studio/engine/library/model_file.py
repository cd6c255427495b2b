"""A model file: safetensors, read by its header alone. Nothing in it is ever executed.

The file is ``u64 header length | JSON header | tensor bytes`` (https://huggingface.co/docs/safetensors); the card of
a Danqing model is JSON under ``danqing`` in the header's ``__metadata__``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import os
import struct
from pathlib import Path
from typing import Any

import msgspec

from studio.messages.events import FailureKind
from studio.messages.models import ModelCard
from studio.recipe import QT_TRANSLATE_NOOP, described

HEADER_LIMIT = 32 << 20
CARD_KEY = "danqing"
PREVIEW_KEY = "preview"
PREVIEW_LIMIT = 1 << 20
LARGEST_PREVIEW = 2048
"""Pixels a side that a preview may have."""
WIDTHS = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2,
    "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
}  # fmt: skip
"""Bytes per element of the types that a model file may hold."""

MISSING = QT_TRANSLATE_NOOP("engine", "The model file is missing. Choose another model or put the file back.")
UNREADABLE = QT_TRANSLATE_NOOP("engine", "The model file cannot be read: {reason}. Check its permissions.")
PICKLE = QT_TRANSLATE_NOOP(
    "engine",
    "This file is a Python pickle, which can run any program when it is opened. Danqing opens only safetensors: "
    "ask its author for a .safetensors file or convert it on a computer you can spare.",
)
NOT_A_MODEL = QT_TRANSLATE_NOOP("engine", "This is not a safetensors model file. Choose a .safetensors file.")
CUT_SHORT = QT_TRANSLATE_NOOP(
    "engine", "The model file is cut short: {found} bytes of {expected}. Download or copy it again."
)
HEADER = QT_TRANSLATE_NOOP("engine", "The model file is damaged: {reason}. Download or copy it again.")
NO_CARD = QT_TRANSLATE_NOOP(
    "engine", "The model file does not say what it is (no Danqing card), so it cannot be used here."
)
WRONG_TENSOR = QT_TRANSLATE_NOOP(
    "engine", "The model file does not fit its network: {reason} at tensor “{tensor}”. Get the file again."
)


class ModelFileError(Exception):
    """A model file that cannot be used. ``message`` is English source text (context ``engine``) with ``arguments``."""

    def __init__(self, kind: FailureKind, file: str | os.PathLike[str], message: str, **arguments: str):
        self.kind: FailureKind = kind
        self.file = str(file)
        self.message = message
        self.arguments = arguments
        super().__init__(f"{self.file}: {self.sentence}")

    @property
    def sentence(self) -> str:
        return self.message.format(**self.arguments)


class TensorLine(msgspec.Struct, frozen=True):
    """One tensor as the header declares it; ``data_offsets`` count from the end of the header."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


class ModelHeader(msgspec.Struct, frozen=True):
    """What a model file says of itself. ``length``: bytes of the file."""

    tensors: dict[str, TensorLine]
    metadata: dict[str, str]
    length: int


def read_header(path: str | os.PathLike[str]) -> ModelHeader:
    """The header, checked against the file: every tensor lies inside it, none overlap, no byte is unaccounted for.

    Raises ModelFileError: model_missing, model_unsafe (a pickle, by its content), model_unknown (anything else).
    """
    try:
        with open(path, "rb") as file:
            length = os.fstat(file.fileno()).st_size
            start = file.read(9)
            _refuse_pickle(path, start)
            count = _header_length(path, start[:8], length)
            text = start[8:] + file.read(count - 1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise ModelFileError("model_missing", path, MISSING) from None
    except OSError as error:
        raise ModelFileError("model_missing", path, UNREADABLE, reason=error.strerror or str(error)) from None
    header = _parse(path, text, length)
    _check_layout(path, header, length - 8 - count)
    return header


def _refuse_pickle(path: str | os.PathLike[str], start: bytes) -> None:
    """A zip (torch since 1.6), a bare pickle (protocol 2–5) or the older tar of pickles are refused by their content."""
    bare_pickle = len(start) > 2 and start[0] == 0x80 and 2 <= start[1] <= 5 and start[8:] != b"{"
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06") or bare_pickle:
        raise ModelFileError("model_unsafe", path, PICKLE)
    unlike_header = start[8:] != b"{"
    if unlike_header and Path(path).suffix.lower() in (".ckpt", ".pt", ".pth", ".pkl", ".pickle", ".bin"):
        raise ModelFileError("model_unsafe", path, PICKLE)


def _header_length(path: str | os.PathLike[str], start: bytes, length: int) -> int:
    if len(start) < 8:
        raise ModelFileError("model_unknown", path, NOT_A_MODEL)
    (count,) = struct.unpack("<Q", start)
    if count > HEADER_LIMIT or count < 2:
        raise ModelFileError("model_unknown", path, NOT_A_MODEL)
    if count > length - 8:
        raise ModelFileError("model_unknown", path, CUT_SHORT, found=str(length), expected=str(count + 8))
    return count


def _parse(path: str | os.PathLike[str], text: bytes, length: int) -> ModelHeader:
    if not text.startswith(b"{"):
        raise ModelFileError("model_unknown", path, NOT_A_MODEL)
    try:
        plain: dict[str, Any] = msgspec.json.decode(text, type=dict[str, Any])
        metadata = msgspec.convert(plain.pop("__metadata__", {}) or {}, dict[str, str])
        tensors = msgspec.convert(plain, dict[str, described(TensorLine)])
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ModelFileError(
            "model_unknown", path, HEADER, reason=f"its header cannot be read ({error})"
        ) from None
    return ModelHeader(tensors, metadata, length)


def _check_layout(path: str | os.PathLike[str], header: ModelHeader, room: int) -> None:
    end = 0
    for name, line in sorted(header.tensors.items(), key=lambda item: item[1].data_offsets):
        start, stop = line.data_offsets
        width = WIDTHS.get(line.dtype)
        if width is None:
            raise ModelFileError(
                "model_unknown", path, WRONG_TENSOR, tensor=name, reason=f"unknown type {line.dtype}"
            )
        if min(line.shape, default=0) < 0 or start != end or stop - start != width * math.prod(line.shape):
            raise ModelFileError(
                "model_unknown", path, WRONG_TENSOR, tensor=name, reason="its place is wrong"
            )
        end = stop
    if end > room:
        expected = header.length - room + end
        raise ModelFileError(
            "model_unknown", path, CUT_SHORT, found=str(header.length), expected=str(expected)
        )
    if end < room:
        raise ModelFileError("model_unknown", path, HEADER, reason=f"{room - end} bytes belong to no tensor")


def card_of(path: str | os.PathLike[str], header: ModelHeader) -> ModelCard:
    """The card in the header. Raises ModelFileError(model_unknown) when there is none or it cannot be read."""
    text = header.metadata.get(CARD_KEY)
    if text is None:
        raise ModelFileError("model_unknown", path, NO_CARD)
    try:
        return msgspec.json.decode(text, type=described(ModelCard))
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ModelFileError(
            "model_unknown", path, HEADER, reason=f"its card cannot be read ({error})"
        ) from None


def preview_of(header: ModelHeader) -> bytes:
    """The PNG in the header; nothing where there is none, or one that is too large to be shown beside others."""
    text = header.metadata.get(PREVIEW_KEY, "")
    if not 0 < len(text) <= PREVIEW_LIMIT * 4 // 3 + 4:
        return b""
    try:
        picture = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    if picture[:8] != b"\x89PNG\r\n\x1a\n" or picture[12:16] != b"IHDR" or len(picture) < 24:
        return b""
    sides = struct.unpack(">II", picture[16:24])
    return picture if max(sides) <= LARGEST_PREVIEW else b""


def check_tensors(
    path: str | os.PathLike[str], header: ModelHeader, wanted: dict[str, tuple[int, ...]]
) -> None:
    """Compares the file's tensors with those its network wants. Raises ModelFileError(model_unknown) naming the first."""
    for name, shape in wanted.items():
        line = header.tensors.get(name)
        if line is None:
            raise ModelFileError("model_unknown", path, WRONG_TENSOR, tensor=name, reason="nothing is there")
        if tuple(line.shape) != tuple(shape):
            found, expected = ("×".join(map(str, item)) or "1" for item in (line.shape, shape))
            reason = f"{found} values instead of {expected}"
            raise ModelFileError("model_unknown", path, WRONG_TENSOR, tensor=name, reason=reason)


class Digests:
    """SHA-256 of model files, remembered by (path, length, time of change) here and in the file ``memory``."""

    def __init__(self, memory: Path | None = None):
        self._memory = memory
        self._known: dict[str, tuple[int, int, str]] = {}
        if memory is not None:
            try:
                self._known = msgspec.json.decode(memory.read_bytes(), type=dict[str, tuple[int, int, str]])
            except (OSError, msgspec.DecodeError, msgspec.ValidationError):
                self._known = {}

    def of(self, path: str | os.PathLike[str]) -> str:
        """64 hexadecimal digits. Raises ModelFileError(model_missing)."""
        try:
            status = os.stat(path)
            known = self._known.get(str(path))
            if known and known[:2] == (status.st_size, status.st_mtime_ns):
                return known[2]
            with open(path, "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelFileError(
                "model_missing", path, UNREADABLE, reason=error.strerror or str(error)
            ) from None
        self._known[str(path)] = (status.st_size, status.st_mtime_ns, digest)
        self._remember()
        return digest

    def _remember(self) -> None:
        if self._memory is None:
            return
        part = self._memory.with_name(f"{self._memory.name}.{os.getpid()}")
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(self._known))
            os.replace(part, self._memory)
        except OSError:  # a cache that cannot be written costs time only
            part.unlink(missing_ok=True)
