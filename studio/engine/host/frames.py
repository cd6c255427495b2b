"""How messages cross a socket: u32 length, msgpack header, raw bytes beside it.

One frame is ``u32 length | u32 header length | header | part | part …`` (little endian; ``length`` counts everything
after itself). The header is the message in msgpack, its large byte fields emptied; each part is one of them, in the
order of the header's ``places``. So pixels are neither copied into msgpack nor pickled.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import msgspec

from studio.messages.events import AnyEvent, Event, Hello
from studio.messages.pixels import Pixels
from studio.messages.requests import AnyRequest

if TYPE_CHECKING:
    import socket

HEADER_LIMIT = 8 << 20
FRAME_LIMIT = 2 << 30
PART_COUNT_LIMIT = 4096
BESIDE = 1024
"""Byte fields of at least this many bytes travel beside the header."""

Place = tuple[str | int, ...]


class FrameError(Exception):
    """The other side sent something that is not a frame of ours; the connection cannot be used any more."""


class ClosedError(Exception):
    """The other side closed the connection."""


class Submit(msgspec.Struct, frozen=True, tag=True):
    """To the engine: work on ``request`` as job ``job``. ``priority`` as in jobs.Priority."""

    job: int
    priority: int
    request: AnyRequest


class Cancel(msgspec.Struct, frozen=True, tag=True):
    job: int


class Pause(msgspec.Struct, frozen=True, tag=True):
    job: int


class Resume(msgspec.Struct, frozen=True, tag=True):
    job: int


class Company(msgspec.Struct, frozen=True, tag=True):
    """To the engine: whether the other role works now (``busy``), so that it leaves it its share of the cores."""

    busy: bool


class Started(msgspec.Struct, frozen=True, tag=True):
    """From the engine: job ``job`` has begun; should the engine die now, the job is lost and not repeated."""

    job: int


Message = Submit | Cancel | Pause | Resume | Company | Started | Event


class _Header(msgspec.Struct, frozen=True, array_like=True):
    message: Submit | Cancel | Pause | Resume | Company | Started | AnyEvent
    places: tuple[Place, ...] = ()
    lengths: tuple[int, ...] = ()


class _Opening(msgspec.Struct, frozen=True, array_like=True):
    """The header of a Hello read loosely, so that another protocol is told from rubbish."""

    message: dict[str, Any]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Header)
_opening_decoder = msgspec.msgpack.Decoder(_Opening)


def encode(message: Message) -> list[bytes | memoryview]:
    """The buffers of one frame, to be sent one after the other. Raises FrameError above the limits."""
    parts: list[bytes | memoryview] = []
    places: list[Place] = []
    bare = _take_out(message, (), places, parts)
    lengths = tuple(memoryview(part).nbytes for part in parts)
    header = _encoder.encode(_Header(bare, tuple(places), lengths))
    length = 4 + len(header) + sum(lengths)
    if len(header) > HEADER_LIMIT or length > FRAME_LIMIT or len(parts) > PART_COUNT_LIMIT:
        raise FrameError(f"a message of {length} bytes is too large to send")
    return [struct.pack("<II", length, len(header)) + header, *parts]


def _take_out(value: Any, place: Place, places: list[Place], parts: list) -> Any:
    """``value`` with its large byte fields emptied; they are added to ``parts`` and their places to ``places``."""
    if isinstance(value, bytes | bytearray | memoryview):
        if memoryview(value).nbytes < BESIDE:
            return value
        places.append(place)
        parts.append(value)
        return b""
    if isinstance(value, msgspec.Struct):
        changes = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = _take_out(old, (*place, name), places, parts)
            if new is not old:
                changes[name] = new
        return msgspec.structs.replace(value, **changes) if changes else value
    if isinstance(value, tuple) and value and not isinstance(value[0], int | float | str):
        return tuple(_take_out(item, (*place, index), places, parts) for index, item in enumerate(value))
    return value


def _put_back(value: Any, place: Place, part: memoryview) -> Any:
    if not place:
        return part
    name, rest = place[0], place[1:]
    if isinstance(value, msgspec.Struct) and name in value.__struct_fields__:
        inner = _put_back(getattr(value, name), rest, part)
        if not rest and not isinstance(value, Pixels):
            inner = bytes(part)
        return msgspec.structs.replace(value, **{str(name): inner})
    if isinstance(value, tuple) and isinstance(name, int) and 0 <= name < len(value):
        return (*value[:name], _put_back(value[name], rest, part), *value[name + 1 :])
    raise FrameError(f"a frame names the place {place}, which its message does not have")


def send(connection: socket.socket, message: Message) -> None:
    """Sends one frame and waits until the system has taken it. Raises OSError, FrameError. Not for two threads."""
    for buffer in encode(message):
        connection.sendall(buffer)


def receive(connection: socket.socket) -> Message:
    """Waits for one frame. Large byte fields of Pixels are read-only views. Raises ClosedError, FrameError, OSError."""
    header, parts = _receive_raw(connection)
    try:
        decoded = _decoder.decode(header)
    except msgspec.DecodeError as error:
        raise FrameError(f"a frame's header cannot be read: {error}") from None
    return _assemble(decoded, parts)


def receive_hello(connection: socket.socket) -> Hello:
    """Waits for the Hello with which each side begins. A Hello of another protocol is returned with that number."""
    header, _ = _receive_raw(connection)
    try:
        plain = _opening_decoder.decode(header).message
        if plain.get("type") != "Hello":
            raise FrameError(f"the first message is not a Hello but {plain.get('type')}")
        known = {name: plain[name] for name in Hello.__struct_fields__ if name in plain}
        return msgspec.convert(known, Hello)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FrameError(f"the first message cannot be read: {error}") from None


def _receive_raw(connection: socket.socket) -> tuple[memoryview, memoryview]:
    length, header_length = struct.unpack("<II", _exactly(connection, 8))
    if header_length > HEADER_LIMIT or length > FRAME_LIMIT or length < header_length + 4:
        raise FrameError(f"a frame announces {length} bytes with a header of {header_length}")
    header = _exactly(connection, header_length)
    return header, _exactly(connection, length - 4 - header_length)


def _assemble(decoded: _Header, parts: memoryview) -> Message:
    if len(decoded.places) != len(decoded.lengths) or min(decoded.lengths, default=0) < 0:
        raise FrameError("a frame's parts do not match their places")
    if sum(decoded.lengths) != parts.nbytes or len(decoded.lengths) > PART_COUNT_LIMIT:
        raise FrameError("a frame's parts do not match their lengths")
    message: Any = decoded.message
    offset = 0
    for place, length in zip(decoded.places, decoded.lengths, strict=True):
        message = _put_back(message, place, parts[offset : offset + length])
        offset += length
    return message


def _exactly(connection: socket.socket, count: int) -> memoryview:
    """``count`` bytes as a read-only view. Raises ClosedError when the other side ends before."""
    buffer = bytearray(count)
    view = memoryview(buffer)
    done = 0
    while done < count:
        got = connection.recv_into(view[done : done + (1 << 20)])
        if got == 0:
            raise ClosedError
        done += got
    return view.toreadonly()
