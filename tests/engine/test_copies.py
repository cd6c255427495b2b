"""Copies of training pictures are found, mirrored, cut and recoloured; pictures of the same hand are not taken for them."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as functional

from studio.engine.datasets import shanshui
from studio.engine.evaluation.copies import Copies, changes, copies, described

SIDE = 64


def landscapes(first: int, count: int) -> torch.Tensor:
    seeds = range(first, first + count)
    parts = [shanshui.paint(shanshui.latents(seeds[at : at + 8]), SIDE) for at in range(0, count, 8)]
    return torch.cat(parts) * 2 - 1


def recoloured(pictures: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """Channels mixed and turned, darker or lighter."""
    mixed = torch.eye(3)[torch.randperm(3, generator=draw)] * 0.7 + 0.1
    gain = 0.7 + 0.5 * float(torch.rand(1, generator=draw))
    return (torch.einsum("ij,bjhw->bihw", mixed, pictures) * gain + 0.1).clamp(-1, 1)


def cut(pictures: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """A part of 72 to 97 % of the side, somewhere, enlarged to the whole."""
    size = int(torch.randint(46, 63, (1,), generator=draw))
    top, left = torch.randint(SIDE - size + 1, (2,), generator=draw).tolist()
    part = pictures[..., top : top + size, left : left + size]
    return functional.interpolate(part, size=(SIDE, SIDE), mode="bicubic", antialias=True).clamp(-1, 1)


def planted(real: torch.Tensor, seed: int) -> torch.Tensor:
    """Ten of them, each changed in one to three ways."""
    draw, made = torch.Generator().manual_seed(seed), []
    for index in range(10):
        one = real[5 * index : 5 * index + 1]
        one = one.flip(3) if index % 2 else one
        one = cut(one, draw) if index % 3 else one
        made.append(recoloured(one, draw) if index % 5 else one)
    return torch.cat(made)


def checked(made: torch.Tensor, real: torch.Tensor) -> Copies:
    work = copies(made, real)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def real() -> torch.Tensor:
    return landscapes(0, 80)


def test_planted_copies_are_found_and_others_are_not(real: torch.Tensor) -> None:
    found = checked(torch.cat([planted(real, 3), landscapes(5000, 50)]), real)
    right = found.found[:10] & (found.numbers[:10] == 5 * torch.arange(10))
    assert int(right.sum()) >= 9
    assert int(found.found[10:].sum()) == 0, "of fifty that are none"


@pytest.mark.slow
def test_it_holds_for_many_copies() -> None:
    real = landscapes(0, 140)
    made = torch.cat([planted(real, seed) for seed in range(20)])
    found = checked(torch.cat([made, landscapes(9000, 400)]), real)
    assert float(found.found[:200].double().mean()) >= 0.9
    assert float(found.found[200:].double().mean()) <= 0.01


def test_colours_and_light_change_nothing_of_what_is_compared(real: torch.Tensor) -> None:
    here = real[:4]
    alike = (described(changes(here)) * described(changes(here * 0.5 + 0.2))).sum(1)
    turned = (described(changes(here)) * described(changes(-here))).sum(1)
    other = (described(changes(here)) * described(changes(real[10:14]))).sum(1)
    assert float(alike.min()) > 0.97 and float(turned.min()) > 0.99 and float(other.max()) < 0.8


def test_empty_and_single_pictures_are_no_copies_of_each_other() -> None:
    empty = torch.zeros(3, 3, SIDE, SIDE)
    assert not bool(checked(empty, landscapes(0, 8)).found.any())
    (one,) = checked(landscapes(0, 1), landscapes(0, 1)).found
    assert bool(one), "the same picture is a copy even where there is no other to measure by"
