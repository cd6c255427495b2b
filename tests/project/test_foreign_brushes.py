"""MyPaint's, GIMP's and Photoshop's brush files: what is read, and that no broken file does harm."""

from __future__ import annotations

import contextlib
import math
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.project.brushes.cursor import BrokenBrush
from studio.project.brushes.gimp import looks_like_gbr, read_gbr, read_gih
from studio.project.brushes.mypaint import looks_like_myb, read_myb
from studio.project.brushes.photoshop import looks_like_abr, read_abr
from studio.project.brushes.reading import read_all
from tests.project import brush_files as made

TIP = (np.arange(7 * 9, dtype=np.uint8).reshape(7, 9) * 4).copy()
FLAT = np.repeat(np.array([[0], [255], [128]], np.uint8), 200, axis=1)
COLOUR = np.arange(4 * 5 * 4, dtype=np.uint8).reshape(4, 5, 4)


def test_a_grey_tip_of_gimp():
    brush = read_gbr(made.gbr(TIP, "Блик 光", spacing=35))
    assert (brush.name, brush.spacing) == ("Блик 光", 35)
    assert np.array_equal(brush.pixels, TIP)


def test_a_coloured_tip_of_gimp():
    assert np.array_equal(read_gbr(made.gbr(COLOUR)).pixels, COLOUR)


def test_the_first_version_of_gimp_has_neither_magic_nor_spacing():
    data = made.gbr(TIP, "Old", version=1)
    assert looks_like_gbr(data)
    assert np.array_equal(read_gbr(data).pixels, TIP)
    assert read_gbr(data).name == "Old"


def test_a_pipe_of_gimp_with_two_dimensions():
    tips = [TIP + i for i in range(6)]
    pipe = read_gih(made.gih(tips, "ncells:6 step:30 dim:2 rank0:2 sel0:angular rank1:3 sel1:pressure"))
    assert pipe.name == "Leaves"
    assert (pipe.ranks, pipe.selections) == ((2, 3), ("angular", "pressure"))
    assert [int(brush.pixels[0, 0]) for brush in pipe.brushes] == [0, 1, 2, 3, 4, 5]


def test_a_pipe_whose_ranks_do_not_fit_is_one_dimension():
    pipe = read_gih(made.gih([TIP, TIP, TIP], "dim:2 rank0:2 sel0:incremental rank1:9 sel1:random"))
    assert (pipe.ranks, pipe.selections) == ((3,), ("incremental",))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("rle", [False, True])
def test_photoshops_first_versions(version: int, rle: bool):
    computed, sampled = read_abr(made.abr_old(version, [TIP], rle))
    assert (computed.diameter, computed.spacing, computed.roundness) == (30.0, 0.3, 0.5)
    assert (computed.angle, computed.hardness, computed.tip) == (45.0, 0.25, None)
    assert np.array_equal(sampled.tip, TIP)
    assert (sampled.diameter, sampled.spacing) == (9.0, 0.4)
    assert sampled.name == ("叶子" if version == 2 else "")


@pytest.mark.parametrize("subversion", [1, 2])
@pytest.mark.parametrize("rle", [False, True])
def test_photoshops_later_versions(subversion: int, rle: bool):
    data = made.abr_new({made.UUID: FLAT}, [made.preset(), made.preset("Round", sampled="")], subversion, rle)
    leaf, computed = read_abr(data)
    assert leaf.name == "Leaf"
    assert np.array_equal(leaf.tip, FLAT)
    assert (leaf.diameter, leaf.angle, leaf.roundness, leaf.spacing) == (64.0, 30.0, 0.8, 0.35)
    assert (computed.name, computed.tip, computed.hardness) == ("Round", None, 0.4)


def test_sixteen_bit_tips_keep_their_high_bytes():
    deep = (np.arange(12, dtype=np.uint16).reshape(3, 4) * 5000).astype(np.uint16)
    for rle in (False, True):
        (brush,) = read_abr(made.abr_new({made.UUID: deep}, None, rle=rle))
        assert np.array_equal(brush.tip, (deep >> 8).astype(np.uint8))


def test_a_preset_whose_tip_is_missing_is_left_out():
    data = made.abr_new({made.UUID: FLAT}, [made.preset(), made.preset(sampled="gone")])
    assert len(read_abr(data)) == 1
    read = read_all(data, "leaves.abr")
    assert len(read.presets) == 1 and read.missing == ("Leaf",)
    with pytest.raises(BrokenBrush) as caught:
        read_abr(made.abr_new({made.UUID: FLAT}, [made.preset(sampled="gone")]))
    assert caught.value.kind == "no_brushes"


def test_mypaints_text():
    brush = read_myb(made.MYB_TEXT.encode())
    assert brush.name == "old_charcoal"
    assert brush.value("opaque") == 0.8
    assert brush.inputs("opaque") == {"pressure": ((0.0, -0.8), (0.5, -0.2), (1.0, 0.2))}
    assert set(brush.inputs("radius_logarithmic")) == {"speed1", "random"}
    assert brush.value("absent", 7.0) == 7.0


def test_mypaints_first_text_begins_its_curves_at_zero():
    brush = read_myb(b"version 1\nopaque 0.5 | pressure 0.5 0.1 1.0 0.4 0.0 0.0 0.0 0.0\n")
    assert brush.inputs("opaque")["pressure"] == ((0.0, 0.0), (0.5, 0.1), (1.0, 0.4))


def test_mypaints_json():
    brush = read_myb(made.MYB_JSON)
    assert brush.name == "2B_pencil"
    assert brush.value("elliptical_dab_ratio") == 3.0
    assert brush.inputs("change_color_h")["random"] == ((0.0, -0.05), (1.0, 0.05))


WRONG = {
    "not JSON": (read_myb, b'{"settings": {"opaque": ', "truncated"),
    "JSON of something else": (read_myb, b'{"a": 1}', "not_a_brush"),
    "NaN": (read_myb, b'{"settings": {"opaque": {"base_value": NaN}}}', "damaged"),
    "a list for a curve": (read_myb, b'{"settings": {"opaque": {"inputs": {"pressure": 3}}}}', "damaged"),
    "a later version": (read_myb, b'{"version": 9, "settings": {"opaque": {}}}', "brush_version"),
    "deep JSON": (read_myb, b'{"settings":' + b"[" * 100_000, "truncated"),
    "plain text": (read_myb, b"Dear diary,\ntoday", "not_a_brush"),
    "half a curve": (read_myb, b"version 2\nopaque 1 | pressure (0 0), (1\n", "damaged"),
    "bytes": (read_myb, b"\xff\xfe\x00", "not_a_brush"),
    "wrong magic": (read_gbr, made.gbr(TIP, magic=b"GIMQ"), "not_a_brush"),
    "no pixels": (read_gbr, made.gbr(TIP)[:-5], "truncated"),
    "a huge side": (read_gbr, struct.pack(">5I", 28, 2, 1 << 30, 4, 1) + b"GIMP\0\0\0\1", "damaged"),
    "sides that lie": (read_gbr, struct.pack(">5I", 28, 2, 9999, 9999, 4) + b"GIMP\0\0\0\1", "truncated"),
    "an endless header": (read_gbr, struct.pack(">5I", 0xFFFFFFFF, 2, 4, 4, 1) + b"GIMP\0\0\0\1", "damaged"),
    "three bytes a pixel": (read_gbr, struct.pack(">5I", 28, 2, 4, 4, 3) + b"GIMP\0\0\0\1", "damaged"),
    "version 7": (read_gbr, struct.pack(">5I", 28, 7, 4, 4, 1), "brush_version"),
    "a million tips": (read_gih, b"A\n1000000 dim:1\n", "damaged"),
    "no count": (read_gih, b"A\nB\n", "not_a_brush"),
    "a pipe cut": (read_gih, made.gih([TIP, TIP])[:-70], "truncated"),
    "version 3": (read_abr, b"\0\3\0\1", "brush_version"),
    "no version at all": (read_abr, b"\xc0\x24\0\1", "not_a_brush"),
    "noise": (read_gbr, struct.pack(">5I", 28, 1 << 30, 4, 4, 1), "not_a_brush"),
    "a count that lies": (read_abr, struct.pack(">HH", 1, 3000), "truncated"),
    "no block": (read_abr, b"\0\6\0\2JUNK" + b"\0" * 20, "damaged"),
    "a block that lies": (read_abr, b"\0\6\0\2" + b"8BIMsamp\xff\xff\xff\xff", "truncated"),
    "nothing in it": (read_abr, b"\0\6\0\2" + made.block(b"samp", b""), "no_brushes"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_says_what_is_wrong(name: str):
    read, data, kind = WRONG[name]
    with pytest.raises(BrokenBrush) as caught:
        read(data)
    assert caught.value.kind == kind


def test_rows_that_claim_much_are_not_believed():
    head = struct.pack(">4iHB", 0, 0, 10_000, 10_000, 8, 1) + b"\0\0" * 10_000
    body = struct.pack(">IH", 0, 40) + b"\1" + b"\0" * 8 + head
    data = struct.pack(">HH", 1, 1) + struct.pack(">HI", 2, len(body)) + body
    tracemalloc.start()
    with pytest.raises(BrokenBrush):
        read_abr(data)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


WHOLE = [
    (read_gbr, made.gbr(TIP)),
    (read_gih, made.gih([TIP, TIP])),
    (read_abr, made.abr_old(1, [TIP], True)),
    (read_abr, made.abr_old(2, [TIP])),
    (read_abr, made.abr_new({made.UUID: FLAT}, [made.preset(szVr=made.dynamics(2, 20.0, 10.0))])),
    (read_abr, made.abr_new({made.UUID: TIP}, None, 1, False)),
    (read_myb, made.MYB_TEXT.encode()),
    (read_myb, made.MYB_JSON),
]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.data())
def test_any_damage_is_refused_or_read_but_never_crashes(which: int, data: st.DataObject):
    read, whole = WHOLE[which]
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(broken) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(broken))))
    with contextlib.suppress(BrokenBrush):
        read(bytes(broken[:cut]))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes):
    assert isinstance(looks_like_abr(data) or looks_like_gbr(data) or looks_like_myb(data), bool)
    for read in (read_gbr, read_gih, read_abr, read_myb):
        with pytest.raises(BrokenBrush):
            read(data)


@given(st.lists(st.integers(0, 3).map(lambda value: value * 80), min_size=1, max_size=300))
def test_packed_rows_come_back(values: list[int]):
    row = np.array([values], np.uint8)
    (brush,) = read_abr(made.abr_old(1, [row], rle=True, computed=False))
    assert np.array_equal(brush.tip, row)
    assert math.isclose(brush.diameter, max(row.shape))
