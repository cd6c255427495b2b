"""Superpixels and what belongs to a mark: neighbours, least ways, walks, kinds of colour."""

from __future__ import annotations

import heapq
from collections.abc import Generator

import cv2
import numpy as np
import pytest

from studio.raster.selecting import belonging, pieces
from studio.raster.selecting.pieces import FAR, Pieces, pieces_of
from tests.raster.selecting.photographs import photograph


def result(steps: Generator[None, None, np.ndarray]) -> np.ndarray:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def small() -> Pieces:
    return pieces_of(cv2.resize(photograph("cat").pixels, (120, 90), interpolation=cv2.INTER_AREA))


def test_pieces_cover_the_picture_and_know_their_neighbours(small: Pieces) -> None:
    assert small.areas.sum() == 120 * 90 and small.labels.max() + 1 == small.count
    everything = np.ones(small.labels.shape, bool)
    assert (small.share(everything) == 1).all()
    beside = {
        (one, other): border
        for one in range(small.count)
        for other, border in zip(small.beside[one].tolist(), small.borders[one].tolist(), strict=True)
        if border
    }
    assert all(beside[other, one] == border and one != other for (one, other), border in beside.items())
    labels = small.labels
    whole = (labels[:, 1:] != labels[:, :-1]).sum() + (labels[1:] != labels[:-1]).sum()
    assert sum(beside.values()) == 2 * whole
    assert set(np.nonzero(small.rim)[0]) == set(labels[0]) | set(labels[-1]) | set(labels[:, 0]) | set(
        labels[:, -1]
    )


def test_ways_are_the_least_ones(small: Pieces) -> None:
    """Against Dijkstra's own."""
    cost = np.where(small.borders > 0, small.apart + 0.5, FAR).astype(np.float32)
    starts = np.full((small.count, 2), FAR, np.float32)
    starts[3, 0], starts[small.count - 1, 1], starts[10, 1] = 0, 0, 7
    found = small.ways(starts, cost)
    for source in range(2):
        total = starts[:, source].astype(float).tolist()
        heap = [(start, piece) for piece, start in enumerate(total) if start < FAR]
        heapq.heapify(heap)
        while heap:
            reached, piece = heapq.heappop(heap)
            for other, step in zip(small.beside[piece].tolist(), cost[piece].tolist(), strict=True):
                if reached + step < total[other]:
                    total[other] = reached + step
                    heapq.heappush(heap, (total[other], other))
        np.testing.assert_allclose(found[:, source], total, rtol=1e-4)
    assert np.array_equal(small.ways(starts[:, 0], cost), found[:, 0])


def test_a_walk_is_the_mean_of_its_neighbours_and_its_prior(small: Pieces) -> None:
    marked, refused = np.zeros(small.count, bool), np.zeros(small.count, bool)
    marked[5], refused[40] = True, True
    prior = np.random.default_rng(3).random(small.count)
    walk = belonging._Walk(small, marked, refused)
    found = walk.to(prior, prior)
    assert found[5] == 1 and found[40] == 0
    wanted = (walk._ties * found[small.beside]).sum(1) + walk._stop * prior
    free = ~(marked | refused)
    np.testing.assert_allclose(found[free], (wanted / walk._degree)[free], atol=5e-3)


def test_what_is_marked_belongs_and_what_is_refused_does_not(small: Pieces) -> None:
    inside, outside = np.zeros((90, 120), bool), np.zeros((90, 120), bool)
    inside[55:60, 60:66] = True
    outside[5:10, 5:10] = True
    likely = result(belonging.belonging(small, inside, outside, inside))
    assert likely.shape == (small.count,) and likely.min() >= 0 and likely.max() <= 1
    assert (likely[small.share(inside) > belonging.MARKED] == 1).all()
    assert (likely[small.share(outside) > belonging.MARKED] == 0).all()
    again = result(belonging.belonging(small, inside, outside, inside))
    assert np.array_equal(likely, again)


def test_a_mark_of_many_colours_is_taken_for_a_few_kinds() -> None:
    colours = np.zeros((200, 3), np.float32)
    colours[:, 0] = np.linspace(0, 100, 200)
    colours[:, 1] = np.tile((-60, 60), 100)
    blank = np.zeros((200, 1), np.float32)
    flat = Pieces(np.zeros((1, 1), int), blank[:, 0], colours, colours, blank.astype(int), blank, blank, 1.5)
    kinds = belonging._kinds(flat, np.arange(200))
    assert 2 <= len(kinds) <= belonging.KINDS
    assert sorted(piece for kind in kinds for piece in kind) == list(range(200))
    for kind in kinds:
        assert len({float(colours[piece, 1]) for piece in kind}) == 1


@pytest.mark.parametrize("size", [(1, 1), (2, 9), (29, 400), (31, 31)])
def test_pictures_of_any_size_have_pieces(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).random((*size, 4)).astype(np.float32)
    pixels[..., 3] = 1
    found = pieces_of(pixels)
    assert found.labels.shape == size and found.areas.sum() == size[0] * size[1]
    assert found.noise >= pieces.QUIET
