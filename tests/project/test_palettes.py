"""Palettes of other programs, ours in their formats, and what is no palette."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio import paths
from studio.project import palettes
from studio.project.errors import DecodeError
from studio.project.palettes import Palette, Swatch

byte = st.integers(0, 255).map(lambda value: value / 255)
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12).filter(
    lambda text: text != "Untitled"
)


@settings(max_examples=60, deadline=None)
@given(
    suffix=st.sampled_from(palettes.SUFFIXES),
    name=words.filter(bool),
    swatches=st.lists(st.builds(Swatch, st.tuples(byte, byte, byte), words), min_size=1, max_size=20),
)
def test_written_and_read_again(suffix: str, name: str, swatches: list[Swatch]) -> None:
    data = palettes.encode(Palette(name, tuple(swatches)), suffix)
    back = palettes.decode(data, f"{name if suffix == '.aco' else 'file'}{suffix}")
    assert [one.name for one in back.swatches] == [one.name for one in swatches]
    for found, wanted in zip(back.swatches, swatches, strict=True):
        assert found.colour == pytest.approx(wanted.colour, abs=1e-4)
    if suffix != ".aco":
        assert back.name == name


def test_gimp_reads_names_columns_comments_and_sloppy_lines() -> None:
    text = "GIMP Palette\r\nName: 国画\r\nColumns: 4\r\n# said so\r\n 255   0 10\tred one\r\n0 0 0 Untitled\r\nnonsense\r\n"
    palette = palettes.decode(text.encode(), "x.gpl")
    assert palette == Palette("国画", (Swatch((1.0, 0.0, 10 / 255), "red one"), Swatch((0.0, 0.0, 0.0))), 4)
    assert (
        palettes.decode("GIMP Palette\n1 2 3 caf\xe9\n".encode("latin-1"), "x.gpl").swatches[0].name == "café"
    )


def test_swatch_exchange_in_every_colour_model() -> None:
    def colour(model: bytes, *values: float) -> bytes:
        body = struct.pack(">H", 1) + b"\0\0" + model + struct.pack(f">{len(values)}fH", *values, 0)
        return struct.pack(">HI", 1, len(body)) + body

    blocks = (
        colour(b"RGB ", 1, 0.5, 0), colour(b"CMYK", 0, 1, 1, 0), colour(b"Gray", 0.25), colour(b"LAB ", 1.0, 0, 0),
    )  # fmt: skip
    data = b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)
    found = [swatch.colour for swatch in palettes.decode(data, "swatches.ase").swatches]
    wanted = [(1, 0.5, 0), (1, 0, 0), (0.25, 0.25, 0.25), (1, 1, 1)]
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other, abs=2e-3)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "a.gpl", "not_a_palette"),
        (b"GIMP Palette\n", "a.gpl", "not_a_palette"),
        (b"\x89PNG", "a.gpl", "not_a_palette"),
        (b"ASEF\0\1\0\0\0\0\0\5", "a.ase", "truncated"),
        (b"ASEF\0\1\0\0\xff\xff\xff\xff\0\1\xff\xff\xff\xff", "a.ase", "truncated"),
        (b"\0\1\0\7\0\0", "a.aco", "truncated"),
        (b"\0\2\0\1" + bytes(10) + b"\xff\xff\xff\xff", "a.aco", "truncated"),
    ],
)
def test_what_is_no_palette_says_so_and_names_the_file(data: bytes, name: str, kind: str) -> None:
    with pytest.raises(DecodeError) as caught:
        palettes.decode(data, f"/somewhere/{name}")
    assert caught.value.kind == kind and name in str(caught.value)


def test_a_hundred_thousand_colours_are_read_and_a_million_refused() -> None:
    line = b"1 2 3\n"
    assert len(palettes.decode(b"GIMP Palette\n" + line * 100_000, "many.gpl").swatches) == 100_000
    with pytest.raises(DecodeError, match="many"):
        palettes.decode(b"GIMP Palette\n" + line * 300_000, "many.gpl")


def test_the_palettes_that_come_with_danqing_are_whole() -> None:
    files = sorted(Path(paths.resources() / "palettes").glob("*.gpl"))
    assert len(files) >= 3
    for file in files:
        assert len(palettes.read(file).swatches) > 8
