"""Model files are read by their header; pickles and files that lie are refused with the file's name and a remedy."""

from __future__ import annotations

import io
import json
import pickle  # noqa: TID251 - to show that pickles are refused
import struct
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.library.model_file import (
    Digests,
    ModelFileError,
    card_of,
    check_tensors,
    read_header,
)


def refused(path: Path) -> ModelFileError:
    with pytest.raises(ModelFileError) as caught:
        card_of(path, read_header(path))
    assert str(path) in str(caught.value)
    return caught.value


def spoil_header(path: Path, change) -> None:
    """Writes the file again with ``change`` applied to its header, the tensors' bytes kept."""
    data = path.read_bytes()
    (count,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + count])
    change(header)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data[8 + count :])


def test_a_good_file(tiny: Path):
    header = read_header(tiny)
    assert card_of(tiny, header).name == "tiny"
    assert header.tensors["directions"].shape == (2, 4)
    assert header.length == tiny.stat().st_size


def test_torch_zip_is_unsafe(tmp_path: Path):
    path = tmp_path / "画.safetensors"
    torch.save({"weight": torch.zeros(2)}, path)
    assert refused(path).kind == "model_unsafe"


@pytest.mark.parametrize("protocol", [0, 2, 3, 4, 5])
def test_bare_pickle_is_unsafe(tmp_path: Path, protocol: int):
    path = tmp_path / "model.ckpt"
    path.write_bytes(pickle.dumps({"weight": [1.5] * 100}, protocol))
    error = refused(path)
    assert error.kind == "model_unsafe"
    assert "safetensors" in error.sentence


def test_old_torch_pickle_is_unsafe_under_any_name(tmp_path: Path):
    path = tmp_path / "model.safetensors"
    stream = io.BytesIO()
    torch.save({"weight": torch.zeros(2)}, stream, _use_new_zipfile_serialization=False)
    path.write_bytes(stream.getvalue())
    assert refused(path).kind == "model_unsafe"


def test_content_decides_not_the_suffix(tiny: Path):
    renamed = tiny.rename(tiny.with_suffix(".ckpt"))
    assert card_of(renamed, read_header(renamed)).name == "tiny"


def test_missing_and_folder(tmp_path: Path):
    assert refused(tmp_path / "nothing.safetensors").kind == "model_missing"
    assert refused(tmp_path).kind == "model_missing"


def test_cut_short_anywhere(tiny: Path):
    data = tiny.read_bytes()
    for length in (0, 5, 8, 9, 100, len(data) // 2, len(data) - 1):
        tiny.write_bytes(data[:length])
        assert refused(tiny).kind == "model_unknown"


def test_bytes_after_the_last_tensor(tiny: Path):
    tiny.write_bytes(tiny.read_bytes() + b"more")
    assert "4 bytes" in refused(tiny).sentence


def test_header_that_announces_too_much(tiny: Path):
    data = tiny.read_bytes()
    for count in (1 << 62, 1 << 30, len(data)):
        tiny.write_bytes(struct.pack("<Q", count) + data[8:])
        assert refused(tiny).kind == "model_unknown"


def test_header_that_lies_about_a_size(tiny: Path):
    def lie(header: dict) -> None:
        header["directions"]["shape"] = [2000, 4]

    spoil_header(tiny, lie)
    assert "directions" in refused(tiny).sentence


def test_overlapping_places(tiny: Path):
    def overlap(header: dict) -> None:
        header["generator.mean_w"]["data_offsets"] = [0, 32]

    spoil_header(tiny, overlap)
    assert refused(tiny).kind == "model_unknown"


def test_unknown_type_is_named(tiny: Path):
    def change(header: dict) -> None:
        header["directions"]["dtype"] = "Q4"

    spoil_header(tiny, change)
    sentence = refused(tiny).sentence
    assert "directions" in sentence
    assert "Q4" in sentence


def test_without_a_card(tiny: Path):
    spoil_header(tiny, lambda header: header["__metadata__"].pop("danqing"))
    assert "card" in refused(tiny).sentence


def test_card_that_cannot_be_read(tiny: Path):
    spoil_header(tiny, lambda header: header["__metadata__"].update(danqing='{"name": 3}'))
    assert refused(tiny).kind == "model_unknown"


def test_wrong_tensors_are_named(tiny: Path):
    header = read_header(tiny)
    check_tensors(tiny, header, {"directions": (2, 4)})
    with pytest.raises(ModelFileError, match=r"missing\.one"):
        check_tensors(tiny, header, {"missing.one": (1,)})
    with pytest.raises(ModelFileError, match="2×4 values instead of 3×4"):
        check_tensors(tiny, header, {"directions": (3, 4)})


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.mktemp("any") / "x.safetensors"
    path.write_bytes(data)
    with pytest.raises(ModelFileError):
        card_of(path, read_header(path))


def test_digests_are_remembered_until_the_file_changes(tiny: Path, tmp_path: Path):
    memory = tmp_path / "digests.json"
    first = Digests(memory).of(tiny)
    assert len(first) == 64
    assert str(tiny) in memory.read_text()
    again = Digests(memory)
    assert again.of(tiny) == first
    tiny.write_bytes(b"other")
    assert again.of(tiny) != first


def test_spoilt_memory_of_digests_is_ignored(tiny: Path, tmp_path: Path):
    memory = tmp_path / "digests.json"
    memory.write_text("[not json")
    assert len(Digests(memory).of(tiny)) == 64
