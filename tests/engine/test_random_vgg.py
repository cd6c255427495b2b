"""The second network of the evaluation: the same weights everywhere, and figures that see what becomes of pictures."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
import torch.nn.functional as functional

from studio.engine.evaluation import random_vgg
from studio.engine.evaluation.document import document
from studio.engine.networks import vgg
from studio.engine.networks.vgg import RandomVgg
from studio.messages import measurements
from studio.messages.events import Evaluated, VggFigures
from studio.messages.pixels import Pixels

WHOLE = (vgg.BLOCKS, vgg.DENSE)
WEIGHTS = "f56312ccf854a700"


def patches(count: int, seed: int, side: int = 32) -> torch.Tensor:
    """Pictures [count, 3, side, side] in −1…1 with detail, each another one."""
    small = torch.rand(count, 3, side // 4, side // 4, generator=torch.Generator().manual_seed(seed))
    large = functional.interpolate(small, size=(side, side), mode="nearest")
    grain = torch.rand(large.shape, generator=torch.Generator().manual_seed(seed + 1)) - 0.5
    return (large * 2 - 1 + 0.6 * grain).clamp(-1, 1)


def told(real: torch.Tensor, made: torch.Tensor) -> VggFigures:
    work = random_vgg.measured(real, made, "square")
    while True:
        try:
            done, total = next(work)
            assert 0 < done <= total
        except StopIteration as end:
            return end.value


def test_its_weights_are_those_of_configuration_d_to_the_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Table 2 there: 138 M weights with 7 × 7 fields and 1000 classes; here 2 × 2 fields and no classes."""
    monkeypatch.setattr(vgg, "BLOCKS", WHOLE[0])
    monkeypatch.setattr(vgg, "DENSE", WHOLE[1])
    network = RandomVgg()
    assert network.digest().startswith(WEIGHTS)
    convolutions = [layer.weight for layer in network._convolutions]
    assert sum(one.numel() for one in convolutions) == 14_710_464
    assert [tuple(one.shape) for one in network._dense] == [(4096, 2048), (4096, 4096)]
    for one in (*convolutions, *network._dense):
        wanted = (2 / (one.numel() / one.shape[0])) ** 0.5
        assert float(one.std()) == pytest.approx(wanted, rel=0.05) and abs(float(one.mean())) < 0.05 * wanted
    features = network(patches(2, 1))
    assert features.shape == (2, 4096) and 0.1 < float(features.std()) < 10


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_change_nothing(threads: int) -> None:
    before, wanted = torch.get_num_threads(), RandomVgg()
    torch.set_num_threads(threads)
    try:
        network = RandomVgg()
        assert network.digest() == wanted.digest()
        seen = network(patches(3, 2))
    finally:
        torch.set_num_threads(before)
    assert torch.allclose(seen, wanted(patches(3, 2)), atol=1e-4)


def test_a_set_beside_itself_is_alike_and_a_blurred_one_is_farther() -> None:
    real = patches(60, 3)
    same, other, soft = (
        told(real, one) for one in (real, patches(60, 9), functional.avg_pool2d(real, 5, 1, 2))
    )
    assert same.coverage == same.precision == same.recall == 1.0
    assert other.coverage > 0.8
    low, high = other.intervals["kernel_distance"]
    assert low <= 0 <= high, "drawn alike"
    low, _ = soft.intervals["kernel_distance"]
    assert low > max(0, high) and soft.kernel_distance > 10 * abs(same.kernel_distance)
    assert soft.coverage < other.coverage and soft.precision < other.precision
    for found in (same, other, soft):
        assert set(found.intervals) == {"kernel_distance", "precision", "recall", "density", "coverage"}
        assert all(low <= getattr(found, name) <= high for name, (low, high) in found.intervals.items())


def test_its_label_says_network_weights_side_and_both_resize_rules() -> None:
    found = told(patches(8, 1, 16), patches(9, 4, 16)).footing
    assert "VGG-16" in found.features and found.weights == RandomVgg().digest() and found.side == 16
    assert found.resize.startswith("square; then ") and "64 px" in found.resize


def test_the_file_tells_both_and_only_equal_labels_are_compared() -> None:
    deep = told(patches(8, 1, 16), patches(9, 4, 16))
    footing = deep.footing
    whole = Evaluated(
        name="a", step=1, count=9, real=8, variety=1, distance=1, distance_of_halves=1, precision=1, recall=1,
        kernel_distance=0, density=1, coverage=1, copies=0, footing=footing, vgg=deep, pixels=Pixels.of(np.zeros((1, 1, 3), np.uint8)),
    )  # fmt: skip
    known = json.loads(document(whole))
    assert known["random_vgg"]["footing"]["weights"] == footing.weights
    for name, one in known["random_vgg"]["measures"].items():
        assert one["value"] == getattr(deep, name) and one["unit"] and one["definition"]
    first = measurements.read(json.dumps(known).encode())
    known["random_vgg"]["measures"]["coverage"] = {"value": 0.5, "interval": [0.4, 0.6], "unit": "share"}
    rows = {
        row.name: row
        for row in measurements.compared(first, measurements.read(json.dumps(known).encode())).rows
    }
    assert rows["vgg_coverage"].other.value == 0.5 and rows["vgg_density"].one.value == deep.density
    known["random_vgg"]["footing"]["weights"] = "0" * 64
    found = measurements.compared(first, measurements.read(json.dumps(known).encode()))
    assert not found.differences and [one.sentence for one in found.of_vgg] == [measurements.OTHER_WEIGHTS]
    assert not any(row.name.startswith(measurements.BY_VGG) for row in found.rows)
    known["footing"]["weights"] = "0" * 64
    found = measurements.compared(first, measurements.read(json.dumps(known).encode()))
    assert found.differences and not found.rows
