"""Copies and near copies among many pictures, by digest and by difference hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

BITS = 6
"""Near copies differ in at most so many of 64 bits …"""
LEVELS = 10.0
"""… and by at most so many levels in the mean over 16 × 16 fields: few bits alone are alike in any drawing on white."""
_ROWS = 256


class Signatures(msgspec.Struct, frozen=True, eq=False):
    """``digests`` of n files, ``hashes`` uint64 [n], ``means`` uint8 [n, 16, 16, 3]."""

    digests: Sequence[str]
    hashes: np.ndarray
    means: np.ndarray


class Pair(msgspec.Struct, frozen=True):
    """Two of the pictures, first < second. ``bits`` is −1 for the same bytes."""

    first: int
    second: int
    bits: int


def pairs_of(signatures: Signatures) -> Iterator[list[Pair]]:
    """All pairs that are copies or near copies, some rows of the comparison at a time; n² / 2 bit counts in all.

    Of copies only the first is compared with other pictures.
    """
    first_of: dict[str, int] = {}
    copies = []
    for index, digest in enumerate(signatures.digests):
        first = first_of.setdefault(digest, index)
        if first != index:
            copies.append(Pair(first, index, -1))
    yield copies
    originals = np.fromiter(first_of.values(), np.int64, len(first_of))
    hashes = signatures.hashes[originals]
    for start in range(0, len(originals), _ROWS):
        rows = hashes[start : start + _ROWS]
        apart = np.bitwise_count(rows[:, None] ^ hashes[None, start:])
        near = [
            Pair(int(originals[start + row]), int(originals[start + column]), int(apart[row, column]))
            for row, column in zip(*np.nonzero(apart <= BITS), strict=True)
            if column > row
        ]
        yield [pair for pair in near if _same_colours(signatures.means, pair)]


def _same_colours(means: np.ndarray, pair: Pair) -> bool:
    apart = means[pair.first].astype(np.int16) - means[pair.second]
    return float(np.abs(apart).mean()) <= LEVELS


def groups_of(pairs: Sequence[Pair]) -> dict[int, int]:
    """From each picture in a pair to the name of its group: the smallest number in it."""
    parent: dict[int, int] = {}

    def top(index: int) -> int:
        parent.setdefault(index, index)
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for pair in pairs:
        one, other = top(pair.first), top(pair.second)
        parent[max(one, other)] = min(one, other)
    return {index: top(index) for index in parent}
