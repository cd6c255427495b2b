"""FID and inception score: the network's table, the formulas on known distributions, weights files that are refused."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.linalg
import torch
from safetensors.torch import save_file

from studio.engine.datasets.listing import DataError
from studio.engine.evaluation import inception, measures
from studio.engine.evaluation.document import document
from studio.engine.networks.inception import BLOCKS, Inception, wanted
from studio.messages.events import Evaluated, Footing, InceptionFigures
from studio.messages.pixels import Pixels


@pytest.fixture(scope="module")
def weights() -> dict[str, torch.Tensor]:
    """Random ones, scaled so that nothing dies on the way (He et al. 2015)."""
    draw, found = torch.Generator().manual_seed(1), {}
    for name, shape in wanted(1008).items():
        if name.endswith(("running_mean", "bias")):
            found[name] = torch.zeros(shape)
        elif name.endswith(("running_var", "bn.weight")):
            found[name] = torch.ones(shape)
        else:
            found[name] = torch.randn(shape, generator=draw) * math.sqrt(2 / math.prod(shape[1:]))
    return found


def test_the_table_has_the_papers_size_and_the_names_of_the_files():
    trained = {name: shape for name, shape in wanted(1000).items() if "running" not in name}
    assert sum(map(math.prod, trained.values())) == 23_834_568, "Inception-v3 without its auxiliary head"
    assert trained["Mixed_6b.branch7x7_2.conv.weight"] == (128, 128, 1, 7)
    assert trained["Mixed_7c.branch3x3dbl_3b.conv.weight"] == (384, 384, 3, 1)
    assert [block.name for block in BLOCKS][3] == "Mixed_6a" and len(BLOCKS) == 11


def test_features_and_shares_have_their_shapes_whatever_the_side(weights):
    network, plain = Inception(weights, fid=True), Inception(weights, fid=False)
    draw = torch.Generator().manual_seed(2)
    seen = network(torch.rand(2, 3, 32, 32, generator=draw) * 2 - 1)
    assert seen.features.shape == (2, 2048) and seen.shares.shape == (2, 1008)
    assert torch.allclose(seen.shares.sum(1), torch.ones(2)) and bool(torch.isfinite(seen.features).all())
    alone = network(torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(2))[:1] * 2 - 1)
    assert torch.allclose(alone.features, seen.features[:1], rtol=1e-3, atol=1e-4)
    other = plain(torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(2))[:1] * 2 - 1)
    assert not torch.allclose(alone.features, other.features, rtol=1e-3), "the last block takes the maximum"


def normal(count: int, size: int, seed: int) -> torch.Tensor:
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_the_distance_equals_scipys_root_with_few_and_with_many_pictures():
    mix = normal(6, 6, 3)
    for counts in ((40, 30), (4, 5)):
        one, other = normal(counts[0], 6, 4) @ mix, normal(counts[1], 6, 5) + 1
        first, second = (np.cov(part.numpy().T) for part in (one, other))
        root = scipy.linalg.sqrtm(first @ second + 1e-12 * np.eye(6)).real.trace()
        means = float((one.mean(0) - other.mean(0)).square().sum())
        expected = means + first.trace() + second.trace() - 2 * root
        assert inception.distance(one, other) == pytest.approx(expected, abs=1e-3)
        assert inception.distance(one, other) == pytest.approx(measures.frechet(one, other), abs=1e-6)
    assert inception.distance(one, one) == pytest.approx(0, abs=1e-9)


def test_the_distance_of_known_gaussians_is_the_closed_form():
    one, other = normal(4000, 3, 1), normal(4000, 3, 2) * 2 + torch.tensor([1.0, 0.0, -2.0])
    assert inception.distance(one, other) == pytest.approx(5 + 3 * (2 - 1) ** 2, rel=0.05)


def test_the_score_goes_from_one_to_the_number_of_kinds():
    same = torch.full((8, 5), 0.2, dtype=torch.float64)
    assert inception.score(same) == pytest.approx(1.0)
    sure = torch.eye(5, dtype=torch.float64).repeat(3, 1)
    assert inception.score(sure) == pytest.approx(5.0)
    half = torch.tensor([[0.75, 0.25], [0.25, 0.75]], dtype=torch.float64)
    assert inception.score(half) == pytest.approx(math.exp(0.75 * math.log(1.5) + 0.25 * math.log(0.5)))


def test_each_figure_lies_in_its_interval():
    real, made = normal(24, 40, 7), normal(20, 40, 8) + 0.3
    work = inception.figures(real, made, made.softmax(1))
    while True:
        try:
            next(work)
        except StopIteration as end:
            fid, score, intervals = end.value
            break
    for name, value in (("fid", fid), ("inception_score", score)):
        assert intervals[name][0] <= value <= intervals[name][1]


def test_a_pth_of_another_hash_is_not_opened(tmp_path: Path):
    path = tmp_path / "权重.pth"
    torch.save({"fc.bias": torch.zeros(1008)}, path)
    with pytest.raises(DataError, match="6726825d") as caught:
        inception.load(path)
    assert caught.value.file == str(path)


FAULTS = {
    "missing": "is missing",
    "extra": "has no “payload”",
    "shape": "values instead of",
    "nan": "are no numbers",
    "cut": "cannot be read",
    "none": "no file",
    "empty": "is empty",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_files_that_hold_no_such_network_are_refused(tmp_path: Path, fault: str):
    path = tmp_path / "weights.safetensors"
    tensors = {name: torch.zeros(shape, dtype=torch.float16) for name, shape in wanted(8).items()}
    part = "Conv2d_1a_3x3.conv.weight"
    if fault == "missing":
        del tensors[part]
    elif fault == "extra":
        tensors["payload"] = torch.zeros(1)
    elif fault == "shape":
        tensors[part] = torch.zeros(1, dtype=torch.float16)
    elif fault == "nan":
        tensors[part][0] = torch.nan
    if fault != "none":
        save_file({name: tensors[name] for name in [*list(tensors)[:3], *(["payload"] if fault == "extra" else [])]}
                  if fault == "cut" else tensors, path)  # fmt: skip
    if fault == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    if fault == "empty":
        path.write_bytes(b"")
    with pytest.raises(DataError) as caught:
        inception.load(path)
    assert caught.value.file == str(path) and str(caught.value).count("\n") == 0
    assert FAULTS[fault] in str(caught.value)


def test_the_file_says_why_there_is_no_fid_or_on_what_it_rests():
    footing = Footing(features="Inception-v3", weights="ab" * 32, side=32, resize="bilinear")
    report = Evaluated(
        name="a", step=1, count=9, real=8, variety=1, distance=1, distance_of_halves=1, precision=1, recall=1,
        kernel_distance=0, density=1, coverage=1, copies=0, footing=footing, pixels=Pixels.of(np.zeros((1, 1, 3), np.uint8)),
    )  # fmt: skip
    plain = json.loads(document(report))
    assert plain["fid"]["value"] is None and "--inception" in plain["fid"]["reason"]
    exact = InceptionFigures(fid=12.5, inception_score=2.5, intervals={"fid": (11, 14)}, footing=footing)
    told = json.loads(
        document(
            Evaluated(
                **{**{name: getattr(report, name) for name in report.__struct_fields__}, "inception": exact}
            )
        )
    )
    assert told["fid"]["value"] == 12.5 and told["fid"]["interval"] == [11, 14]
    assert told["fid"]["footing"]["weights"] == "ab" * 32
