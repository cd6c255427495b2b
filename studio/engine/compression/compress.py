"""A picture file to a compressed one and back, with what JPEG and WebP make of as many bytes."""

from __future__ import annotations

import os
import struct
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from studio.engine.compression import likeness
from studio.engine.compression.coding import from_bytes, to_bytes
from studio.engine.compression.container import Damaged, Packed, pack, unpack
from studio.engine.compression.network import LoadedCodec, load_codec
from studio.engine.compression.source import source_of
from studio.engine.compression.transform import numbers_of, pixels_of, tiles_in
from studio.engine.datasets.reading import (
    BROKEN,
    Reading,
    file_bytes,
    over_white,
    without_white,
)
from studio.engine.failures import EngineError
from studio.engine.networks.codec import STRIDE
from studio.messages.events import Compressed, Event, Likeness, Picture, Progress
from studio.messages.pixels import Pixels
from studio.messages.requests import Compress, Decompress
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP

UNREADABLE = QT_TRANSLATE_NOOP("engine", "“{name}” cannot be read as a picture.")
NOT_THERE = QT_TRANSLATE_NOOP("engine", "There is no file “{name}”. Check its name and its folder.")
A_FOLDER = QT_TRANSLATE_NOOP("engine", "“{name}” is a folder. Give a file.")
ITSELF = QT_TRANSLATE_NOOP(
    "engine", "“{name}” is the picture itself and would be lost. Give the compressed picture another name."
)
DAMAGED = QT_TRANSLATE_NOOP(
    "engine", "“{name}” cannot be decompressed: it is damaged. Copy it again, or compress the picture again."
)
NO_QUALITY = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is damaged, it claims quality {level}. Compress the picture again.",
)
OTHER_CODEC = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” was compressed by another codec ({theirs}; this one is {ours}). Give that codec's file as the model.",
)
NO_LEVEL = QT_TRANSLATE_NOOP(
    "engine", "This codec has qualities from 1 to {highest}; {level} is none of them."
)
COMPRESSING = QT_TRANSLATE_NOOP("engine", "Compressing")
DECOMPRESSING = QT_TRANSLATE_NOOP("engine", "Decompressing")
OTHERS = ("JPEG", "WEBP")
Found = TypeVar("Found")


def embedded_codec() -> Path:
    return resources() / "networks" / "codec-vae.safetensors"


def compress(request: Compress) -> Iterator[Event]:
    """Progress, then Compressed. The file is written whole or not at all. Raises EngineError, OSError."""
    loaded = load_codec(Path(request.model) if request.model else embedded_codec())
    _check_level(request.quality, loaded)
    source, level = Path(request.file), request.quality - 1
    _need_file(source)
    if Path(request.out).resolve() == source.resolve():
        raise EngineError("bad_request", ITSELF, file=str(source), name=source.name)
    try:
        reading, bits = source_of(file_bytes(source))
    except BROKEN:
        raise EngineError("bad_request", UNREADABLE, file=str(source), name=source.name) from None
    rgb = reading.rgb
    height, width = rgb.shape[:2]
    total = tiles_in(height, width) * (2 if request.compare else 1)
    numbers = yield from _told(numbers_of(rgb, loaded.codec, level), 0, total, COMPRESSING)
    colour = to_bytes(numbers, loaded.counts[level])
    data = pack(Packed(level, width, height, loaded.digest, colour, reading.alpha))
    _write(data, Path(request.out))
    beside: tuple[Likeness, ...] = ()
    if request.compare:
        made = yield from _told(
            pixels_of(numbers, loaded.codec, level, height, width), total // 2, total, COMPRESSING
        )
        beside = tuple(_beside(reading, made, len(data)))
    yield Compressed(
        path=request.out,
        width=width,
        height=height,
        bytes=len(data),
        alpha=reading.alpha is not None,
        bits=bits,
        beside=beside,
    )


def decompress(request: Decompress) -> Iterator[Event]:
    """Progress, then a Picture with its pixels, with alpha where the file has it. Raises EngineError, OSError."""
    loaded = load_codec(Path(request.model) if request.model else embedded_codec())
    source = Path(request.file)
    _need_file(source)
    try:
        packed = unpack(source.read_bytes())
        if packed.codec != loaded.digest:
            raise EngineError(
                "bad_request", OTHER_CODEC, file=str(source),
                name=source.name, theirs=packed.codec.hex(), ours=loaded.digest.hex(),
            )  # fmt: skip
        if packed.level >= loaded.codec.shape.levels:
            raise Damaged(NO_QUALITY, level=str(packed.level + 1))
        shape = (loaded.codec.shape.latents, -(-packed.height // STRIDE), -(-packed.width // STRIDE))
        numbers = from_bytes(packed.colour, shape, loaded.counts[packed.level])
    except Damaged as error:
        raise EngineError(
            "bad_request", error.message, file=str(source), name=source.name, **error.arguments
        ) from None
    except (ValueError, struct.error):
        raise EngineError("bad_request", DAMAGED, file=str(source), name=source.name) from None
    total = tiles_in(packed.height, packed.width)
    drawing = pixels_of(numbers, loaded.codec, packed.level, packed.height, packed.width)
    pixels = yield from _told(drawing, 0, total, DECOMPRESSING)
    if packed.alpha is not None:
        pixels = np.dstack([without_white(pixels, packed.alpha), packed.alpha])
    yield Picture(
        index=0, seed=0, pixels=Pixels.of(np.ascontiguousarray(pixels)), real_size=max(pixels.shape[:2])
    )


def _need_file(path: Path) -> None:
    """Raises EngineError where ``path`` is a folder, or nothing."""
    if path.is_dir():
        raise EngineError("bad_request", A_FOLDER, name=str(path))
    if not path.exists():
        raise EngineError("bad_request", NOT_THERE, name=str(path))


def _check_level(quality: int, loaded: LoadedCodec) -> None:
    highest = loaded.codec.shape.levels
    if not 1 <= quality <= highest:
        raise EngineError("bad_request", NO_LEVEL, level=str(quality), highest=str(highest))


def _beside(reading: Reading, made: np.ndarray, size: int) -> Iterator[Likeness]:
    """Ours, then the others at as many bytes; one whose worst is larger is left out, and JPEG where the picture has alpha, which it
    cannot keep. All are looked at on white."""
    rgb, alpha = reading.rgb, reading.alpha
    if alpha is not None:
        made = over_white(without_white(made, alpha), alpha)
    yield Likeness(format="DQZ", bytes=size, psnr=likeness.psnr(rgb, made), ssim=likeness.ssim(rgb, made))
    for kind in OTHERS if alpha is None else ("WEBP",):
        best = likeness.at_most(
            rgb if alpha is None else np.dstack([without_white(rgb, alpha), alpha]), kind, size
        )
        if best is not None:
            data, shown = best
            if alpha is not None:
                shown = over_white(shown[..., :3], shown[..., 3])
            yield Likeness(
                format=kind, bytes=len(data), psnr=likeness.psnr(rgb, shown), ssim=likeness.ssim(rgb, shown)
            )


def _told(
    tiles: Iterator[np.ndarray | None], before: int, total: int, text: str
) -> Generator[Progress, None, np.ndarray]:
    for done, found in enumerate(tiles, 1):
        if found is not None:
            return found
        yield Progress(done=before + done, total=total, text=text)
    raise AssertionError("the last one is what was asked for")


def _write(data: bytes, path: Path) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:  # that names the file beside it
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        beside.unlink(missing_ok=True)
