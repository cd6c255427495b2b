"""Features of each picture and the matches between them: SIFT or ORB, ratio test, RANSAC, the graph of overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from studio.raster.colour import widen
from studio.synthesis.stitch_values import Compared, Features, Matches, Pair, Source, Stitch

FEW = 500
CANDIDATES = 8
LEAST = 12
"""The least number of matches that agree; four give a homography by themselves."""


def features_of(source: Source, parameters: Stitch) -> Features:
    """Features of one picture, found in it reduced to ``megapixels``."""
    pixels = widen(source.surface.read(source.rect))
    width, height = source.size
    factor = min(1.0, float(np.sqrt(parameters.megapixels * 1e6 / (width * height))))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if factor < 1 else pixels
    small = np.nan_to_num(small, posinf=1.0, neginf=0.0)
    alpha = small[..., 3]
    grey = small[..., :3] @ np.array([0.2126, 0.7152, 0.0722], np.float32) / np.maximum(alpha, 1e-4)
    grey8 = np.clip(grey * 255 + 0.5, 0, 255).astype(np.uint8)
    seen = np.where(alpha > 0.99, 255, 0).astype(np.uint8)
    if parameters.detector == "orb":
        detector = cv2.ORB_create(nfeatures=parameters.features)  # type: ignore[attr-defined]
    else:
        detector = cv2.SIFT_create(  # type: ignore[attr-defined]
            nfeatures=parameters.features, contrastThreshold=0.02, enable_precise_upscale=True
        )
    found, descriptors = detector.detectAndCompute(grey8, seen)
    order = sorted(range(len(found)), key=lambda index: -found[index].response)
    points = np.array([found[index].pt for index in order], np.float64).reshape(-1, 2)
    across, down = size[0] / width, size[1] / height
    if descriptors is None:
        descriptors = np.zeros((0, 128), np.float32)
    return Features(
        points=(points + 0.5) / (across, down) - 0.5,
        descriptors=_normed(descriptors[order]),
        small=small,
        size=source.size,
    )


def _normed(descriptors: np.ndarray) -> np.ndarray:
    """SIFT as RootSIFT: Euclidean distances of roots compare histograms better (Arandjelović and Zisserman, 2012)."""
    if descriptors.dtype == np.uint8:
        return descriptors
    return np.sqrt(descriptors / np.maximum(descriptors.sum(1, keepdims=True), 1e-6))


def matched(features: Sequence[Features], parameters: Stitch) -> Iterator[float | Matches]:
    """Yields the part done, and last the pairs that show one thing."""
    pairs: list[Pair] = []
    compared: list[Compared] = []
    asked = list(_candidates(features, parameters))
    for done, (first, second) in enumerate(asked):
        near = nearest(features[first], features[second], parameters.ratio)
        pair, agrees = pair_of(first, second, near, features, parameters)
        if pair is not None:
            pairs.append(pair)
        if len(near):
            ours, theirs = features[first].points[near[:, 0]], features[second].points[near[:, 1]]
            compared.append(
                Compared(first=first, second=second, first_points=ours, second_points=theirs, agrees=agrees)
            )
        yield (done + 1) / len(asked)
    group = _largest(len(features), pairs)
    inside = tuple(pair for pair in pairs if pair.first in group)
    rest = tuple(index for index in range(len(features)) if index not in group)
    yield Matches(pairs=inside, matched=tuple(sorted(group)), unmatched=rest, compared=tuple(compared))


def _candidates(features: Sequence[Features], parameters: Stitch) -> list[tuple[int, int]]:
    """All pairs of few pictures; of many those neighbours whose strongest features agree best."""
    count = len(features)
    every = [(first, second) for first in range(count) for second in range(first + 1, count)]
    if count <= CANDIDATES + 2:
        return every
    score = np.zeros((count, count))
    for first, second in every:
        near = nearest(features[first], features[second], parameters.ratio, FEW)
        score[first, second] = score[second, first] = len(near)
    best = {
        (min(one, int(other)), max(one, int(other)))
        for one in range(count)
        for other in np.argsort(-score[one], kind="stable")[:CANDIDATES]
        if one != other
    }
    return sorted(best | {(one, one + 1) for one in range(count - 1)})


def nearest(first: Features, second: Features, ratio: float, most: int = 0) -> np.ndarray:
    """Indices [n, 2] of features that are each other's nearest and pass the ratio test; of the ``most`` strongest."""
    ours, theirs = first.descriptors, second.descriptors
    if most:
        ours, theirs = ours[:most], theirs[:most]
    if len(ours) < 2 or len(theirs) < 2:
        return np.zeros((0, 2), int)
    if ours.dtype == np.uint8:
        found = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(ours, theirs, k=2)
        kept = [(a.queryIdx, a.trainIdx) for a, b in found if a.distance < ratio * b.distance]
        return np.array(kept, int).reshape(-1, 2)
    # Of unit vectors |a − b|² = 2 − 2 a·b: one product of matrices tells all distances.
    distance = np.maximum(2 - 2 * (ours @ theirs.T), 0)
    two = np.argpartition(distance, 1, axis=1)[:, :2]
    values = np.take_along_axis(distance, two, 1)
    swap = values[:, 0] > values[:, 1]
    two[swap], values[swap] = two[swap][:, ::-1], values[swap][:, ::-1]
    mutual = np.argmin(distance, axis=0)[two[:, 0]] == np.arange(len(ours))
    good = (values[:, 0] < ratio * ratio * values[:, 1]) & mutual
    return np.stack((np.flatnonzero(good), two[good, 0]), 1)


def pair_of(
    first: int, second: int, near: np.ndarray, features: Sequence[Features], parameters: Stitch
) -> tuple[Pair | None, np.ndarray]:
    """The matches of two pictures that one homography explains, if they are enough (Brown and Lowe, 2007, eq. 13), and which
    these are: bool [n], all False where they are too few. ``near``: indices [n, 2] of :func:`nearest`."""
    one, other = features[first], features[second]
    none = np.zeros(len(near), bool)
    if len(near) < LEAST:
        return None, none
    ours, theirs = one.points[near[:, 0]], other.points[near[:, 1]]
    # RANSAC sees reduced pixels, in which the tolerance is given
    found, inlier = cv2.findHomography(
        ours * one.factor, theirs * other.factor, cv2.RANSAC, parameters.tolerance, None, 4000, 0.999
    )
    if found is None:
        return None, none
    shrink, grow = np.diag([one.factor, one.factor, 1]), np.diag([1 / other.factor, 1 / other.factor, 1])
    homography = grow @ found @ shrink
    good = inlier.ravel() > 0
    landed = _applied(homography, ours)
    inside = ((landed >= 0) & (landed < np.array(other.size))).all(1)
    if good.sum() < max(LEAST, 5.9 + 0.22 * inside.sum()) or not _plausible(homography, one.size):
        return None, none
    pair = Pair(
        first=first,
        second=second,
        first_points=ours[good],
        second_points=theirs[good],
        homography=homography / homography[2, 2],
    )
    return pair, good


def _applied(homography: np.ndarray, points: np.ndarray) -> np.ndarray:
    there = np.c_[points, np.ones(len(points))] @ homography.T
    return there[:, :2] / np.where(np.abs(there[:, 2:]) < 1e-9, 1e-9, there[:, 2:])


def _plausible(homography: np.ndarray, size: tuple[int, int]) -> bool:
    """Not mirrored, nothing behind the camera in the middle, not a hundredth or hundredfold of the size."""
    middle = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2, 1.0])
    depth = homography[2] @ middle
    if abs(depth) < 1e-9:
        return False
    area = np.linalg.det(homography) / depth**3
    return 1e-2 < area < 1e2


def _largest(count: int, pairs: Sequence[Pair]) -> set[int]:
    """The largest group of pictures that hang together; the earlier one of two equal."""
    group = list(range(count))
    for pair in pairs:
        kept, gone = group[pair.first], group[pair.second]
        group = [kept if one == gone else one for one in group]
    best = max(dict.fromkeys(group), key=group.count)
    return {index for index, one in enumerate(group) if one == best}
