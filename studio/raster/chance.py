"""What is random in a stroke: numbers that follow from its seed and from what they are counted by."""

from __future__ import annotations

import numpy as np

from studio.raster import random

WORDS = 12
"""Random numbers of each dab or step."""
_BLOCK = 256


class Chances:
    """Random numbers of the dabs of one stroke (or, by another ``stream``, of its steps), counted from 0."""

    def __init__(self, seed: int, stream: int = 0) -> None:
        self._seed = seed
        self._stream = np.array(stream)
        self._blocks: dict[int, np.ndarray] = {}

    def of(self, first: int, count: int) -> np.ndarray:
        """float64 [count, 12] in (0, 1) of those from number ``first`` on."""
        blocks = range(first // _BLOCK, (first + max(count, 1) - 1) // _BLOCK + 1)
        table = np.concatenate([self._block(block) for block in blocks])
        start = first - blocks.start * _BLOCK
        return table[start : start + count]

    def _block(self, block: int) -> np.ndarray:
        found = self._blocks.get(block)
        if found is None:
            self._blocks = {key: value for key, value in self._blocks.items() if key == block - 1}
            numbers = np.arange(block * _BLOCK, (block + 1) * _BLOCK, dtype=np.uint64)[:, None]
            groups = np.arange(WORDS // 4, dtype=np.uint64)[None, :]
            words = random.philox((numbers, groups, self._stream, np.array(0)), self._seed)
            bits = np.stack(words, axis=-1).reshape(_BLOCK, WORDS) >> np.uint64(9)
            found = self._blocks[block] = (bits + 0.5) * 2.0**-23
        return found
