"""Whole numbers to bytes by their frequencies, with the range coder of the library constriction (Bamler 2022, arXiv 2201.01741)."""

from __future__ import annotations

from typing import Any

import constriction
import numpy as np

from studio.engine.compression.network import REACH

STREAM: Any = constriction.stream  # pyright: ignore[reportAttributeAccessIssue] - a compiled module without types


def to_bytes(numbers: np.ndarray, counts: np.ndarray) -> bytes:
    """``numbers`` int32 [channels, ...] within ±60, by ``counts`` [channels, 121] of each channel."""
    encoder = STREAM.queue.RangeEncoder()
    for channel, frequencies in zip(numbers, counts, strict=True):
        symbols = (channel.reshape(-1) + REACH).astype(np.int32)
        encoder.encode(symbols, _model(frequencies))
    return encoder.get_compressed().astype("<u4").tobytes()


def from_bytes(data: bytes, shape: tuple[int, ...], counts: np.ndarray) -> np.ndarray:
    """The numbers int32 of ``shape`` [channels, ...]. Raises ValueError for bytes that no numbers were written as."""
    if len(data) % 4:
        raise ValueError("not whole words")
    decoder = STREAM.queue.RangeDecoder(np.frombuffer(data, "<u4").astype(np.uint32))
    each = int(np.prod(shape[1:]))
    found = np.empty((shape[0], each), np.int32)
    try:
        for channel, frequencies in enumerate(counts):
            found[channel] = decoder.decode(_model(frequencies), each)
    except AssertionError as error:  # how the library says that the bytes cannot be
        raise ValueError(str(error)) from None
    return found.reshape(shape) - REACH


def _model(frequencies: np.ndarray):
    shares = (frequencies / frequencies.sum()).astype(np.float32)
    return STREAM.model.Categorical(shares, perfect=False)
