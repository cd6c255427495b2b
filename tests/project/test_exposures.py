"""Exposures from EXIF: times, sensitivities and apertures, files that tell none, and an HDR merge that uses them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from studio import api
from studio.project.exposures import exposure_of, times_of

TIME, NUMBER, SENSITIVITY, SHUTTER, APERTURE = 0x829A, 0x829D, 0x8827, 0x9201, 0x9202


def block(camera: dict[int, Any]) -> bytes:
    exif = Image.Exif()
    exif[0x8769] = camera
    return exif.tobytes().removeprefix(b"Exif\0\0")


@pytest.mark.parametrize(
    ("camera", "expected"),
    [
        ({TIME: IFDRational(1, 60)}, 1 / 60),
        ({TIME: IFDRational(1, 60), SENSITIVITY: 400}, 4 / 60),
        ({TIME: IFDRational(1, 4), NUMBER: IFDRational(56, 10)}, 0.25 / 5.6**2),
        ({SHUTTER: IFDRational(6, 1)}, 1 / 64),
        ({SHUTTER: IFDRational(-2, 1), APERTURE: IFDRational(4, 1), SENSITIVITY: 50}, 4 * 0.5 / 16),
        ({TIME: IFDRational(1, 60), NUMBER: IFDRational(0, 1)}, 1 / 60),
        ({}, None),
        ({TIME: IFDRational(0, 1)}, None),
        ({TIME: IFDRational(1, 0)}, None),
        ({SHUTTER: IFDRational(10000, 1)}, None),
        ({NUMBER: IFDRational(4, 1)}, None),
    ],
)
def test_the_exposure_is_that_of_the_camera(camera: dict[int, Any], expected: float | None) -> None:
    found = exposure_of(block(camera))
    assert found == (None if expected is None else pytest.approx(expected, rel=1e-6))


@pytest.mark.parametrize("broken", [b"", b"II", b"MM\0*", b"II*\0\xff\xff\xff\xff", b"no exif", bytes(200)])
def test_a_broken_block_tells_nothing(broken: bytes) -> None:
    assert exposure_of(broken) is None


def test_times_are_taken_only_where_all_are_known_and_differ() -> None:
    short, long = block({TIME: IFDRational(1, 8)}), block({TIME: IFDRational(2, 1)})
    assert times_of([short, long]) == pytest.approx((0.125, 2.0))
    assert times_of([short, b""]) is None
    assert times_of([short, short]) is None
    assert times_of([]) is None


def test_an_hdr_merge_takes_the_times_of_the_files(tmp_path: Path) -> None:
    light = np.random.default_rng(3).random((40, 50, 1)) * np.ones(3)
    files = []
    for number, time in enumerate((0.125, 1.0, 8.0)):
        pixels = np.rint(255 * np.clip(light * time / 2, 0, 1) ** (1 / 2.2)).astype(np.uint8)
        files.append(tmp_path / f"曝光-{number}.jpg")
        exif = Image.Exif()
        exif[0x8769] = {TIME: IFDRational(round(1000 * time), 1000)}
        Image.fromarray(pixels).save(files[-1], quality=98, exif=exif)
    opened = [api.open(file) for file in files]
    own = api.flatten(api.fuse("hdr", opened))
    np.testing.assert_array_equal(own, api.flatten(api.fuse("hdr", opened, times="0.125, 1, 8")))
    assert not np.array_equal(own, api.flatten(api.fuse("hdr", opened, times="1, 4, 16")))
