"""The catalogue lists every model file, says what is wrong with a bad one, and copies models in whole or not at all."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from studio.engine.library.catalog import Catalog
from studio.engine.library.model_file import ModelFileError
from studio.engine.networks.load import load_generator
from studio.messages.models import ModelCard, Slider


@pytest.fixture
def write_card(write):
    """Writes the tiny model with fields of its card changed."""

    def write_card(path: Path, **fields: Any) -> None:
        plain: dict[str, Any] = {"name": "tiny", "title": "Tiny", "title_zh": "小", **fields}
        write(path, ModelCard(kind="gan", size=16, learned_size=32, latent_size=4, **plain))

    return write_card


@pytest.fixture
def catalog(home: Path, tmp_path: Path) -> Catalog:
    return Catalog(embedded=tmp_path / "embedded")


def test_embedded_come_first_then_the_artists(catalog: Catalog, tiny: Path, write_card):
    inside = catalog.embedded / "shipped" / "model.safetensors"
    inside.parent.mkdir(parents=True)
    write_card(inside, name="shipped")
    entries = catalog.entries()
    assert [entry.card.name for entry in entries] == ["shipped", "tiny"]
    assert [entry.embedded for entry in entries] == [True, False]
    assert all(len(entry.digest) == 64 and not entry.problem for entry in entries)


def test_checkpoints_of_runs_newest_first(catalog: Catalog, tiny: Path):
    checkpoints = catalog.runs / "first" / "checkpoints"
    checkpoints.mkdir(parents=True)
    for step in (100, 200):
        shutil.copy(tiny, checkpoints / f"step-{step:08d}.safetensors")
    (checkpoints / "step-00000300.123.part").write_bytes(b"being written")
    names = [Path(entry.path).name for entry in catalog.entries()]
    assert names == ["tiny.safetensors", "step-00000200.safetensors", "step-00000100.safetensors"]


def test_unusable_files_are_listed_with_their_problem(catalog: Catalog, tiny: Path):
    tiny.with_name("cut.safetensors").write_bytes(tiny.read_bytes()[:500])
    tiny.with_name("old.ckpt").write_bytes(b"PK\x03\x04 zip")
    problems = {entry.card.name: entry.problem for entry in catalog.entries()}
    assert problems["tiny"] == ""
    assert "cut short" in problems["cut"]
    assert "pickle" in problems["old"]


def test_a_folder_given_twice_is_listed_once(catalog: Catalog, tiny: Path):
    assert len(catalog.entries((str(tiny.parent), str(tiny.parent)))) == 1


def test_further_folders_are_searched(home: Path, tiny: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    tiny.rename(elsewhere / "tiny.safetensors")
    assert Catalog(embedded=tmp_path / "none", folders=(str(elsewhere),)).find("tiny").card.name == "tiny"
    with pytest.raises(ModelFileError):
        Catalog(embedded=tmp_path / "none").find("tiny")


def test_preview_lies_beside(catalog: Catalog, tiny: Path):
    tiny.with_suffix(".png").write_bytes(b"\x89PNG picture")
    assert catalog.entries()[0].preview == b"\x89PNG picture"


def test_find_by_name_path_and_digest(catalog: Catalog, tiny: Path):
    entry = catalog.find("tiny")
    assert catalog.find(str(tiny)) == entry
    moved = tiny.rename(tiny.with_name("moved.safetensors"))
    assert catalog.find("tiny", entry.digest).path == str(moved)
    with pytest.raises(ModelFileError) as caught:
        catalog.find("tiny", "0" * 64)
    assert caught.value.kind == "model_missing"


def test_find_notices_a_changed_file(catalog: Catalog, tiny: Path, write_card):
    before = catalog.find("tiny")
    write_card(tiny, name="tiny", title="Changed title")
    after = catalog.find("tiny")
    assert after.card.title == "Changed title"
    assert after.digest != before.digest


def test_find_says_what_is_wrong_with_a_broken_file_of_that_name(catalog: Catalog, tiny: Path):
    tiny.write_bytes(tiny.read_bytes()[:500])
    with pytest.raises(ModelFileError, match="cut short"):
        catalog.find("tiny")
    with pytest.raises(ModelFileError) as caught:
        catalog.find("no such model")
    assert caught.value.kind == "model_missing"


def test_import_copies_and_keeps_what_is_there(catalog: Catalog, tiny: Path, tmp_path: Path, write_card):
    source = tmp_path / "外来" / "tiny.safetensors"
    source.parent.mkdir()
    write_card(source, name="other")
    entry = catalog.bring_in(source)
    assert Path(entry.path) == catalog.user / "tiny-2.safetensors"
    assert Path(entry.path).read_bytes() == source.read_bytes()
    assert catalog.find("tiny").path == str(tiny)
    assert catalog.bring_in(source).path == entry.path, "the same content is not copied twice"


def test_no_two_models_have_one_name(catalog: Catalog, tiny: Path, write_card):
    inside = catalog.embedded / "tiny" / "model.safetensors"
    inside.parent.mkdir(parents=True)
    write_card(inside, title="Shipped")
    write_card(tiny.with_name("mine.safetensors"), title="Mine")
    write_card(tiny.with_name("other.safetensors"), name="mine", title="Other")
    checkpoints = catalog.runs / "first" / "checkpoints"
    checkpoints.mkdir(parents=True)
    for step in (100, 200):
        write_card(checkpoints / f"step-{step:08d}.safetensors", name="ink", steps=step)
    found = {entry.card.name: Path(entry.path) for entry in catalog.entries()}
    assert list(found) == ["tiny", "mine", "other", "tiny-2", "ink", "ink-100"]
    assert found["tiny"] == inside and found["tiny-2"] == tiny
    assert found["ink"].stem == "step-00000200"
    for name, path in found.items():
        entry = catalog.find(name)
        assert (entry.path, entry.card.name) == (str(path), name)
        assert catalog.find(str(path)).card.name == name, "the same name by its path"
        assert catalog.find("any", entry.digest).card.name == name


def test_a_model_is_found_by_the_name_of_its_file(catalog: Catalog, tiny: Path, write_card):
    place = catalog.embedded / "lakes" / "model.safetensors"
    place.parent.mkdir(parents=True)
    write_card(place, name="shipped-lakes")
    moved = tiny.rename(tiny.with_name("我的画.safetensors"))
    assert catalog.find("我的画").path == catalog.find("我的画.safetensors").path == str(moved)
    assert catalog.find("lakes").path == str(place)
    with pytest.raises(ModelFileError):
        catalog.find("model")


def test_an_imported_checkpoint_is_told_by_the_name_it_is_found_under(
    catalog: Catalog, tiny: Path, tmp_path: Path, write_card
):
    inside = catalog.embedded / "ink" / "model.safetensors"
    inside.parent.mkdir(parents=True)
    write_card(inside, name="ink", title="Shipped")
    source = tmp_path / "run" / "checkpoints" / "step-00005851.safetensors"
    source.parent.mkdir(parents=True)
    write_card(source, name="ink", steps=5851)
    entry = catalog.bring_in(source)
    assert entry.card.name == "ink-5851" and Path(entry.path) == catalog.user / "ink-5851.safetensors"
    assert catalog.find("ink-5851").path == entry.path
    assert catalog.find("ink").path == str(inside), "what was called so before still is"
    assert Path(entry.path).read_bytes() == source.read_bytes(), "layers made with it find it by its digest"
    write_card(source, name="ink", steps=5851, title="Other")
    assert catalog.bring_in(source).card.name == "ink-5851-2"
    write_card(source, name="new", steps=7)
    assert catalog.bring_in(source).card.name == "new" and catalog.find("new-7").card.name == "new"


def test_a_checkpoint_among_the_runs_is_copied_when_it_is_imported(catalog: Catalog, write_card):
    source = catalog.runs / "first" / "checkpoints" / "step-00000100.safetensors"
    source.parent.mkdir(parents=True)
    write_card(source, name="ink", steps=100)
    entry = catalog.bring_in(source)
    assert Path(entry.path).parent == catalog.user and entry.card.name == "ink"


def test_import_refuses_what_cannot_be_used(catalog: Catalog, tmp_path: Path):
    source = tmp_path / "evil.pt"
    source.write_bytes(b"\x80\x04\x95 pickle")
    with pytest.raises(ModelFileError) as caught:
        catalog.bring_in(source)
    assert caught.value.kind == "model_unsafe"
    assert not catalog.user.exists()


def test_import_on_a_full_disk_leaves_nothing(catalog: Catalog, tiny: Path, tmp_path: Path, monkeypatch):
    source = tmp_path / "new.safetensors"
    shutil.move(tiny, source)

    def full(source_path, target):
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(ModelFileError) as caught:
        catalog.bring_in(source)
    assert caught.value.kind == "disk_full"
    assert list(catalog.user.iterdir()) == []


def test_a_model_tells_what_else_its_sliders_change(catalog: Catalog, write_card) -> None:
    file = catalog.embedded / "shipped" / "model.safetensors"
    file.parent.mkdir(parents=True)
    sliders: tuple[Slider, ...] = tuple(
        Slider(name=name, title=name, title_zh=name) for name in ("mist", "night", "snow")
    )
    write_card(file, sliders=sliders)
    assert [one.also for one in catalog.entry(file).card.sliders] == [None, None, None]
    told = {"sliders": ["mist", "night"], "change": [[2.0, -0.5], [0.1, 1.0]]}
    (file.parent / "sliders.json").write_bytes(msgspec.json.encode(told))
    mist, night, snow = catalog.entry(file).card.sliders
    assert mist.also == {"night": 0.25} and mist.cross_talk == (("night", 0.25),)
    assert night.also == {"mist": 0.1} and night.cross_talk == () and snow.also is None
    (file.parent / "sliders.json").write_bytes(b"{")
    assert catalog.entry(file).card.sliders[0].also is None


def test_the_shipped_sliders_were_measured() -> None:
    shipped = next(one for one in Catalog().entries() if one.embedded and one.card.name == "shanshui-gan")
    for slider in shipped.card.sliders:
        assert slider.also is not None and len(slider.also) == len(shipped.card.sliders) - 1
        assert slider.cross_talk == ()


def test_the_embedded_model_of_the_largest_pictures_comes_first() -> None:
    sizes = [one.card.learned_size for one in Catalog().entries() if one.embedded]
    assert len(sizes) > 1 and sizes == sorted(sizes, reverse=True)


def test_the_card_of_each_shipped_model_says_how_good_it_is() -> None:
    shipped = [one for one in Catalog().entries() if one.embedded]
    assert len(shipped) >= 3
    for one in shipped:
        for part in ("kernel distance (KID)", "held-out", "N 2", "own features, 9616efc7", "px"):
            assert part in one.card.note, f"{one.card.name} does not say {part}"


@pytest.mark.parametrize("name", ["shanshui-gan", "shanshui-vae", "shanshui-cvae"])
def test_the_card_says_how_much_is_computed_for_a_picture(name: str) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    entry = Catalog().find(name)
    told = re.search(r"([\d.]+) GFLOP for a picture of (\d+) px", entry.card.note)
    assert told is not None and int(told[2]) == entry.card.learned_size
    model = load_generator(entry.path)
    with FlopCounterMode(display=False) as counted:
        model.sample((1,), sliders={}, label=next(iter(entry.card.classes), ""))
    assert counted.get_total_flops() / 1e9 == pytest.approx(float(told[1]), abs=0.05)
