"""Feature maps against a sum written out, against PyTorch where it is installed, and their arithmetic of sizes."""

from __future__ import annotations

import numpy as np
import pytest

from studio.filters import kernels
from studio.raster.kernel_text import numbers_of
from studio.synthesis.feature_map import FeatureMap, feature_map, sizes, tones

TOLERANCE = 2e-5
KERNEL = "1 2 -3; 0 0.5 1; -1 2 4"
TALL = "1 2 3; -1 0 1; 4 4 -2; 0 1 0; 2 -2 1"


def made(planes: np.ndarray, parameters: FeatureMap) -> np.ndarray:
    work = feature_map(planes, parameters)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def by_hand(plane: np.ndarray, parameters: FeatureMap) -> np.ndarray:
    kernel = numbers_of(parameters.kernel)
    rows, columns = (0, 0) if parameters.padding == "none" else (kernel.shape[0] // 2, kernel.shape[1] // 2)
    mode = {
        "zero": "constant",
        "reflect": "reflect",
        "replicate": "edge",
        "wrap": "wrap",
        "none": "constant",
    }[parameters.padding]
    padded = np.pad(plane.astype(np.float64), ((rows, rows), (columns, columns)), mode)  # type: ignore[call-overload]
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[
        :: parameters.stride, :: parameters.stride
    ]
    out = (windows * kernel).sum((2, 3)) + parameters.bias
    if parameters.relu:
        out = np.maximum(out, 0)
    if parameters.pooling != "none":
        size = parameters.pool
        out = out[: out.shape[0] // size * size, : out.shape[1] // size * size]
        blocks = out.reshape(out.shape[0] // size, size, out.shape[1] // size, size)
        out = blocks.max((1, 3)) if parameters.pooling == "max" else blocks.mean((1, 3))
    return out


@pytest.mark.parametrize("padding", ["zero", "reflect", "replicate", "wrap", "none"])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("kernel", [KERNEL, TALL])
def test_it_is_the_sum_written_out(padding: str, stride: int, kernel: str):
    plane = np.random.default_rng(2).normal(size=(300, 37)).astype(np.float32)
    for relu, pooling, pool in (
        (True, "none", 2),
        (False, "max", 2),
        (False, "average", 3),
        (True, "max", 4),
    ):
        parameters = FeatureMap(
            kernel=kernel, padding=padding, stride=stride, relu=relu, pooling=pooling, pool=pool, bias=0.25  # type: ignore[arg-type]
        )  # fmt: skip
        found, wanted = made(plane[..., None], parameters)[..., 0], by_hand(plane, parameters)
        assert found.shape == wanted.shape
        assert np.abs(found - wanted).max() < TOLERANCE
        assert sizes(parameters, 37, 300).pooled == (wanted.shape[1], wanted.shape[0])


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_it_is_what_torch_gives(stride: int):
    torch = pytest.importorskip("torch")
    plane = np.random.default_rng(3).normal(size=(41, 30)).astype(np.float32)
    parameters = FeatureMap(kernel=KERNEL, stride=stride, pooling="max", pool=2, bias=-0.5)
    kernel = torch.tensor(numbers_of(KERNEL), dtype=torch.float32)[None, None]
    out = torch.nn.functional.conv2d(torch.tensor(plane)[None, None], kernel, stride=stride, padding=1) - 0.5
    wanted = torch.nn.functional.max_pool2d(torch.relu(out), 2)[0, 0].numpy()
    assert np.abs(made(plane[..., None], parameters)[..., 0] - wanted).max() < TOLERANCE


def test_sizes_are_those_of_the_textbook():
    assert sizes(FeatureMap(padding="none", stride=2), 512, 512).pooled == (255, 255)
    assert sizes(FeatureMap(), 512, 300).pooled == (512, 300)
    assert sizes(FeatureMap(stride=2, pooling="max"), 513, 512).convolved == (257, 256)
    assert sizes(FeatureMap(stride=2, pooling="max"), 513, 512).pooled == (128, 128)
    assert (
        not sizes(FeatureMap(padding="none"), 2, 9).possible
        and not sizes(FeatureMap(pooling="max"), 1, 9).possible
    )


@pytest.mark.parametrize("padding", ["zero", "reflect", "replicate", "wrap"])
def test_small_pictures_and_what_is_no_number(padding: str):
    parameters = FeatureMap(padding=padding, kernel=TALL)  # type: ignore[arg-type]
    for shape in ((1, 1, 1), (1, 7, 3), (9, 1, 1)):
        assert made(np.ones(shape, np.float32), parameters).shape == shape
    dirty = np.full((6, 6, 1), np.nan, np.float32)
    dirty[0, 0] = np.inf
    assert np.isfinite(made(dirty, parameters)).all()
    with pytest.raises(ValueError, match="does not fit"):
        made(np.ones((2, 2, 1), np.float32), FeatureMap(padding="none"))


def test_tones():
    values = np.array([[[-2.0], [0.0], [1.0]]], np.float32)
    assert tones(values, "stretched")[0, :, 0].tolist() == [0.0, 0.5, 0.75]
    assert tones(np.abs(values), "stretched")[0, :, 0].tolist() == [1.0, 0.0, 0.5]
    assert tones(values, "as-they-are")[0, :, 0].tolist() == [0.0, 0.0, 1.0]
    assert tones(np.zeros((2, 2, 3), np.float32), "stretched")[..., :3].max() == 0


# ── kernels ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_preset_of_every_side_is_a_kernel_and_survives_its_text():
    for name in kernels.PRESETS:
        for side in kernels.SIDES:
            kernel = kernels.preset(name, side)
            assert kernel.shape == (side, side)
            assert np.array_equal(numbers_of(kernels.text_of(kernel)), kernel)
    assert kernels.preset("blur", 5)[2].tolist() == [6, 24, 36, 24, 6]


def test_other_sides_keep_the_middle():
    kernel = np.arange(25.0).reshape(5, 5)
    assert np.array_equal(kernels.with_side(kernels.with_side(kernel, 9), 5), kernel)
    assert np.array_equal(kernels.with_side(kernel, 3), kernel[1:4, 1:4])


def test_symmetric_entry_is_mirrored_both_ways():
    made = kernels.with_number(np.zeros((3, 3)), 0, 1, 2.0, symmetric=True)
    assert made.tolist() == [[0, 2, 0], [0, 0, 0], [0, 2, 0]]
    made = kernels.with_number(np.zeros((5, 5)), 1, 0, -1.0, symmetric=True)
    assert made.sum() == -4 and np.array_equal(made, made[::-1, ::-1]) and np.array_equal(made, made[:, ::-1])
    assert kernels.with_number(np.zeros((3, 3)), 0, 1, 2.0, symmetric=False).sum() == 2
