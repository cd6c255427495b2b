"""The network that weighs pictures in fusion: its file, its filter, and what its weights are worth."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
import torch

from studio.bench import fusing
from studio.engine.context import Context
from studio.engine.filters import network_file
from studio.engine.library.model_file import card_of, read_header
from studio.engine.networks.activity import SHAPE_KEY, ActivityShape, load_activity
from studio.engine.run import run
from studio.engine.training.activity import new_network, train_activity, write
from studio.messages.events import Failed, Picture
from studio.messages.requests import ApplyFilter
from studio.workspace import asking


def asked(pixels: np.ndarray) -> np.ndarray:
    """The engine filter's map [h, w], through the request."""
    context = Context(device="cpu")

    def answer(ask: asking.Ask) -> None:
        for event in run(ask.request, context):
            ask.hear(event)

    return asking.driven(asking.filtered("activity", 1, pixels), answer, lambda _part: None)[..., 0]


def opaque(colours: np.ndarray) -> np.ndarray:
    return np.dstack([colours, np.ones(colours.shape[:2])]).astype(np.float32)


def test_the_shipped_file_is_small_and_says_what_it_is() -> None:
    path = network_file()
    assert path.stat().st_size < 200 << 10
    card = card_of(path, read_header(path))
    assert card.kind == "activity" and card.steps and "studio.engine.training.activity" in card.trained_with
    shape = msgspec.json.decode(read_header(path).metadata[SHAPE_KEY], type=ActivityShape)
    assert shape.reach <= asking.REACH


def test_lightness_is_no_activity_and_half_the_contrast_half_of_it() -> None:
    colours = np.random.default_rng(1).random((20, 30, 3))
    assert asked(opaque(np.full((9, 9, 3), 0.7))).max() < 1e-5
    full, half = asked(opaque(colours)), asked(opaque(colours * 0.5 + 0.3))
    assert full.shape == (20, 30) and np.abs(half - 0.5 * full).max() < 1e-4


def test_strips_equal_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = opaque(np.random.default_rng(2).random((61, 40, 3)))
    whole = asked(pixels)
    monkeypatch.setattr(asking, "STRIP_PIXELS", 40 * 7)
    assert np.abs(asked(pixels) - whole).max() < 1e-5


def test_an_engine_that_fails_is_heard() -> None:
    steps = asking.filtered("nonsense", 1, np.zeros((2, 2, 4), np.float32))
    ask = next(steps)
    assert isinstance(ask, asking.Ask) and isinstance(ask.request, ApplyFilter)
    events = list(run(ask.request, Context(device="cpu")))
    assert isinstance(events[-1], Failed) and not any(isinstance(one, Picture) for one in events)
    ask.hear(events[-1])
    with pytest.raises(asking.EngineFailed, match="nonsense"):
        next(steps)


def test_training_again_gives_the_same_weights(tmp_path) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        made = []
        for name in ("one", "two"):
            network = new_network()
            told = [one.done for one in train_activity(network, steps=3, pool=8)]
            assert told == [1, 2, 3]
            write(network, tmp_path / f"{name}.safetensors", 3)
            made.append(load_activity(tmp_path / f"{name}.safetensors"))
    finally:
        torch.set_num_threads(threads)
    for first, second in zip(made[0].parameters(), made[1].parameters(), strict=True):
        assert torch.equal(first, second)


def test_in_noise_the_network_finds_what_is_sharp_better_than_the_laplacian() -> None:
    truth = fusing.truths()[0][:256, :256]
    pictures, ideal = fusing.focus_stack(truth, 0.03)
    classical, network = (
        fusing.psnr(fusing.fused(method, pictures), ideal) for method in fusing.WAYS["focus"]
    )
    assert network > classical + 1
    clean, ideal = fusing.focus_stack(truth, 0.0)
    assert fusing.psnr(fusing.fused("network-focus-stack", clean), ideal) > 40
