"""Two measurements are put side by side only where they rest on the same; else it is said what differs."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from studio.messages.events import Footing
from studio.messages.measurements import Figure, Measurement, compared, number, read

GROUND = Footing(
    features="two random convolutions", weights="a" * 64, side=64, resize="square", beside="c" * 64
)
EXACT = Footing(features="Inception-v3", weights="b" * 64, side=64, resize="bilinear to 299 px")
ONE = Measurement(
    name="mine", step=500, pictures=256, real=300, footing=GROUND,
    measures={"distance": Figure(value=12.0, interval=(11.0, 13.0)), "copied": Figure(value=0)},
    fid=Figure(value=80.0, interval=(75.0, 84.0), footing=EXACT),
)  # fmt: skip


def test_equal_footing_is_compared_and_says_where_intervals_lie_apart():
    better = replace(ONE, name="theirs", measures={"distance": Figure(value=9.0, interval=(8.0, 10.0))})
    found = compared(ONE, better)
    assert not found.differences
    assert {row.name: row.apart for row in found.rows} == {"distance": True, "copied": None, "fid": False}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"pictures": 128}, "256 and 128 made"),
        ({"real": 20}, "300 and 20 real"),
        ({"footing": replace(GROUND, features="own features")}, "own features"),
        ({"footing": replace(GROUND, weights="d" * 64)}, "aaaaaaaa… and dddddddd…"),
        ({"footing": replace(GROUND, side=32)}, "64 and 32 px"),
        ({"footing": replace(GROUND, resize="windows")}, "“square” and “windows”"),
        ({"footing": replace(GROUND, beside="e" * 64)}, "other real pictures"),
        ({"footing": None}, "measure it again"),
    ],
)
def test_what_differs_is_named_and_nothing_compared(change: dict, word: str):
    found = compared(ONE, replace(ONE, **change))
    (difference,) = found.differences
    assert word in difference.sentence.format(**difference.values) and not found.rows


def test_other_inception_weights_refuse_those_figures_alone():
    other = replace(ONE, fid=Figure(value=70.0, footing=replace(EXACT, weights="f" * 64)))
    found = compared(ONE, other)
    assert not found.differences and [row.name for row in found.rows] == ["distance", "copied"]
    assert "SHA-256" in found.of_inception[0].sentence


def test_numbers_are_written_with_their_interval():
    assert number(Figure(value=0.5, interval=(0.25, 0.75))) == "0.5 [0.25 … 0.75]"
    assert number(Figure()) == "–"
    with pytest.raises(msgspec.DecodeError):
        read(b'{"name": 3}')
