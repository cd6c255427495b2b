"""The data set doctor: what is wrong with a folder of pictures, before a night is spent on training with it."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import cv2
import msgspec
import numpy as np

from studio.engine.datasets import alike, measuring
from studio.engine.datasets.listing import NO_PICTURES, DataError, Listed, caption_of, list_pictures
from studio.engine.datasets.reading import (
    BROKEN,
    LOOKED_AT,
    TooLarge,
    file_bytes,
    looked_at,
    read_picture,
    thumbnail,
)
from studio.messages.data import Checked, Examined, Finding, Kind, PictureFacts
from studio.messages.events import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")
AT_ONCE = 32
SEEN = LOOKED_AT // 2
"""Pixels of the shorter side at which a JPEG is looked at."""
EXTREME = 3.0


class Looked(msgspec.Struct, frozen=True, eq=False):
    """What one look gave. ``thumbnail``: JPEG, empty when the picture cannot be read."""

    facts: PictureFacts
    thumbnail: bytes = b""
    hash: int = 0
    means: np.ndarray | None = None


def check_folder(
    folder: Path, test_folder: Path | None = None, *, side: int = 64, workers: int = 0
) -> Iterator[Examined | Progress | Checked]:
    """Looks at each picture and at all together; yields Examined and Progress, at the end Checked.

    ``side``: the side of training pictures, below which a picture is small. ``workers``: threads, 0 for as many as there
    are processors, at most four. Files are only read. Memory: some kilobytes a picture, and the pictures being decoded.
    Raises DataError when there is no folder or no readable picture in it, OSError.
    """
    began = time.perf_counter()
    listed = list_pictures(folder, test_folder)
    total = len(listed)
    yield Progress(done=0, total=total)
    looked: list[Looked] = []
    for part in in_order(listed, lambda item: look(item, side), workers):
        first = len(looked)
        looked += part
        pictures, thumbnails = tuple(one.facts for one in part), tuple(one.thumbnail for one in part)
        yield Examined(first=first, total=total, pictures=pictures, thumbnails=thumbnails)
        passed = time.perf_counter() - began
        left = passed / len(looked) * (total - len(looked))
        yield Progress(done=len(looked), total=total, seconds_left=left)
    if not any(one.facts.usable for one in looked):
        raise DataError(NO_PICTURES, folder=str(folder))
    looked = [msgspec.structs.replace(one, thumbnail=b"") for one in looked]
    pairs: list[alike.Pair] = []
    for some in alike.pairs_of(_signatures(looked)):
        pairs += some
        yield Progress(done=total, total=total)
    yield Checked(
        folder=str(folder),
        test_folder=str(test_folder or ""),
        side=side,
        seconds=time.perf_counter() - began,
        alike=_likeness([one.facts for one in looked], pairs),
    )


def in_order(items: list[Item], work: Callable[[Item], Result], workers: int) -> Iterator[list[Result]]:
    """``work`` of each item, in their order, some at a time; few are ahead, so that memory stays bounded."""
    count = workers or min(4, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(count, thread_name_prefix="pictures")
    waiting: deque[Future[Result]] = deque()
    done: list[Result] = []
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 4 * count:
                done.append(waiting.popleft().result())
            if len(done) >= AT_ONCE:
                yield done
                done = []
        while waiting:
            done.append(waiting.popleft().result())
            if len(done) >= AT_ONCE or not waiting:
                yield done
                done = []
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def look(listed: Listed, side: int) -> Looked:
    """One file: its facts and what is wrong with it alone. Never raises for what a file holds."""
    facts = PictureFacts(
        file=listed.file,
        split=listed.split,
        label=listed.label,
        caption=caption_of(listed.path),
        bytes=listed.bytes,
    )
    try:
        data = file_bytes(listed.path)
        facts = msgspec.structs.replace(facts, digest=hashlib.blake2b(data, digest_size=16).hexdigest())
        reading = read_picture(data, SEEN)
    except TooLarge as error:
        return Looked(_found(facts, Finding(kind="too_large", reason=str(error))))
    except BROKEN as error:
        return Looked(_found(facts, Finding(kind="undecodable", reason=_reason(error))))
    facts = msgspec.structs.replace(facts, width=reading.width, height=reading.height)
    small, shown = looked_at(reading.rgb), thumbnail(reading.rgb)
    mean = cv2.mean(small)
    colour = (round(mean[0]), round(mean[1]), round(mean[2]))
    facts = msgspec.structs.replace(facts, colour=colour, findings=tuple(_alone(small, shown, facts, side)))
    code, means = measuring.likeness(shown)
    return Looked(facts, _jpeg(shown), code, means)


def _alone(rgb: np.ndarray, shown: np.ndarray, facts: PictureFacts, side: int) -> Iterator[Finding]:
    """What is to be said of a picture by itself."""
    _, deviation = cv2.meanStdDev(rgb)
    if float(deviation.max()) < measuring.BLANK:
        yield Finding(kind="blank")
        return
    if min(facts.width, facts.height) < side:
        yield Finding(kind="small", value=min(facts.width, facts.height))
    aspect = max(facts.width, facts.height) / min(facts.width, facts.height)
    if aspect > EXTREME:
        yield Finding(kind="extreme", value=round(aspect, 2))
    sheet = measuring.sheet_of(rgb)
    if sheet is not None:
        yield Finding(kind="border", value=round(1 - sheet.width * sheet.height, 3))
        if sheet.askew:
            yield Finding(kind="skew", value=round(sheet.angle, 2))
    if measuring.paper_of(shown).notable:
        yield Finding(kind="paper")
    if measuring.has_seal(rgb):
        yield Finding(kind="seal")


def _found(facts: PictureFacts, finding: Finding) -> PictureFacts:
    return msgspec.structs.replace(facts, findings=(*facts.findings, finding))


def _reason(error: BaseException) -> str:
    """The decoder's word, without addresses of objects in memory."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return "no picture that is known here" if "BytesIO" in text else " ".join(text.split())[:200]


def _jpeg(rgb: np.ndarray) -> bytes:
    done, encoded = cv2.imencode(".jpg", rgb[..., ::-1], (cv2.IMWRITE_JPEG_QUALITY, 82))
    return encoded.tobytes() if done else b""


def _signatures(looked: list[Looked]) -> alike.Signatures:
    """Of what can be read and is not blank; the others get codes that are like no other's."""
    nothing = np.zeros((16, 16, 3), np.uint8)
    digests, means = [], []
    hashes = np.zeros(len(looked), np.uint64)
    random = np.random.default_rng(0)
    for index, one in enumerate(looked):
        plain = one.means is None or one.facts.has("blank")
        unread = not one.facts.usable
        digests.append(f"{index} unread" if unread else one.facts.digest)
        hashes[index] = random.integers(0, 2**63, dtype=np.uint64) if plain else np.uint64(one.hash)
        means.append(nothing if one.means is None else one.means)
    return alike.Signatures(digests, hashes, np.stack(means))


def _likeness(pictures: list[PictureFacts], pairs: list[alike.Pair]) -> tuple[tuple[int, Finding], ...]:
    """What the pairs say. Held-out pictures stay; a training picture like one of them is a leak. Among training pictures
    the largest of a group stays."""
    members: dict[int, list[int]] = {}
    for index, group in alike.groups_of(pairs).items():
        members.setdefault(group, []).append(index)
    bits = {(pair.first, pair.second): pair.bits for pair in pairs}
    found: list[tuple[int, Finding]] = []
    for group in members.values():
        held = [index for index in group if pictures[index].split != "train"]
        rest = [index for index in group if pictures[index].split == "train"]
        rest.sort(key=lambda index: (-pictures[index].width * pictures[index].height, index))
        kept = held[0] if held else rest[0]
        for index in rest if held else rest[1:]:
            same = pictures[index].digest == pictures[kept].digest
            apart = bits.get((min(kept, index), max(kept, index)), alike.BITS)
            kind: Kind = "leak" if held else "duplicate" if same else "near_duplicate"
            value = 0.0 if same else float(max(apart, 0))
            found.append((index, Finding(kind=kind, other=pictures[kept].file, value=value)))
    return tuple(sorted(found, key=lambda pair: pair[0]))
