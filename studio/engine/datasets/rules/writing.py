"""A set made by rule as a folder of pictures: one folder for each class, what each was drawn from beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import msgspec

from studio.engine.datasets.rules import RULES
from studio.messages.data import LINES
from studio.messages.events import Progress


def write_set(rule: str, folder: Path, *, count: int, size: int, seed: int) -> Iterator[Progress]:
    """Writes ``count`` pictures of ``size`` pixels of the rule's seeds from ``seed`` on, as PNG in ``folder``/class, each with
    its English caption as text beside it, and ``pictures.jsonl``: file, seed, class, both captions and factors of each.

    Yields Progress. Raises KeyError for an unknown rule, OSError.
    """
    draw = RULES[rule]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / LINES, "wb") as lines:
        for number in range(seed, seed + count):
            drawn = draw(number, size)
            name = f"{drawn.label}/{number:08d}.png"
            (folder / drawn.label).mkdir(exist_ok=True)
            done, encoded = cv2.imencode(".png", drawn.pixels[..., ::-1])
            if not done:
                raise OSError(f"{folder / name}: the picture cannot be encoded")
            (folder / name).write_bytes(encoded.tobytes())
            (folder / name).with_suffix(".txt").write_text(drawn.caption, encoding="utf-8")
            line = {
                "file": name,
                "seed": number,
                "class": drawn.label,
                "caption": drawn.caption,
                "caption_zh": drawn.caption_zh,
                "factors": drawn.factors,
            }
            lines.write(msgspec.json.encode(line) + b"\n")
            yield Progress(done=number - seed + 1, total=count)
