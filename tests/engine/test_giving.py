"""A model as one file to give away: all that is needed is in it, it draws the same pixels, and files that lie are refused."""

from __future__ import annotations

import base64
import shutil
import zipfile
from pathlib import Path

import msgspec
import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.engine.context import Context
from studio.engine.library.catalog import Catalog
from studio.engine.library.model_file import card_of, preview_of, read_header
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.engine.training.checkpoint import checkpoint_path
from studio.engine.training.loop import train
from studio.messages.events import Failed, Finished
from studio.messages.models import GIFT, Slider
from studio.messages.requests import ExportModel, ImportModel
from tests.engine.test_training import TINY


def ask(request):
    return list(run(request, Context()))[-1]


@pytest.fixture
def gift(tiny: Path, tmp_path: Path) -> Path:
    path = tmp_path / f"赠 model{GIFT}"
    named = (Slider(name="pca-1", title="Dusk", title_zh="黄昏"),)
    done = ask(ExportModel(model="tiny", path=str(path), licence="CC BY 4.0", named=named))
    assert isinstance(done, Finished)
    return path


def test_it_holds_card_sliders_licence_and_a_preview_and_draws_the_same(gift: Path, tiny: Path):
    header = read_header(gift)
    card = card_of(gift, header)
    assert card.licence == "CC BY 4.0" and [one.name for one in card.sliders] == ["mist", "night"]
    assert card.named[0].title == "Dusk"
    assert preview_of(header).startswith(b"\x89PNG")
    own, given = (load_generator(path).sample((3,), sliders={"mist": 1.0}).pictures for path in (tiny, gift))
    assert torch.equal(own, given)


def test_what_only_a_run_needs_stays_behind_and_the_recipe_goes_along(tiny: Path, tmp_path: Path):
    tensors = load_file(tiny)
    texts = {**read_header(tiny).metadata, "training": '{"recipe": 1}'}
    more = {
        "raw.x": torch.ones(9),
        "optimiser.generator.0.step": torch.ones(1),
        "discriminator.x": torch.ones(3),
    }
    save_file({**tensors, **more}, tiny, texts)
    path = tmp_path / f"a{GIFT}"
    assert isinstance(ask(ExportModel(model="tiny", path=str(path))), Finished)
    header = read_header(path)
    assert set(header.tensors) == {*tensors, "discriminator.x"}
    assert header.metadata["training"] == texts["training"]


def test_it_is_imported_as_it_is_and_listed_with_its_preview(gift: Path, tiny: Path):
    tiny.unlink()
    assert isinstance(ask(ImportModel(path=str(gift))), Finished)
    (entry,) = [one for one in Catalog().entries() if not one.embedded]
    assert entry.path.endswith(GIFT) and entry.preview.startswith(b"\x89PNG")
    assert Path(entry.path).read_bytes() == gift.read_bytes(), "layers made with it find it by its digest"
    assert Catalog().find("tiny").path == entry.path


def test_never_over_the_model_itself(tiny: Path):
    before = tiny.read_bytes()
    failed = ask(ExportModel(model="tiny", path=str(tiny)))
    assert isinstance(failed, Failed) and "own file" in failed.message and tiny.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(tiny: Path, tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    failed = ask(ExportModel(model="tiny", path=str(tmp_path / "file" / f"x{GIFT}")))
    assert isinstance(failed, Failed) and failed.kind == "bad_request" and failed.file


def spoilt(gift: Path, change) -> None:
    tensors, header = load_file(gift), read_header(gift)
    texts = dict(header.metadata)
    change(tensors, texts)
    save_file(tensors, gift, texts)


def huge(_tensors, texts) -> None:
    """Networks of some hundred gigabytes: told before any memory is taken."""
    shape = msgspec.json.decode(texts["shape"])
    texts["shape"] = msgspec.json.encode({**shape, "widths": [4096] * 8, "style_size": 4096}).decode()


HOSTILE = {
    "missing": (lambda tensors, _: tensors.pop("generator.mean_w"), "nothing is there at tensor “generator.mean_w”"),
    "extra": (lambda tensors, _: tensors.update({"payload": torch.ones(1)}), "payload"),
    "extra of the network": (
        lambda tensors, _: tensors.update({"generator.more": torch.ones(1)}), "generator.more",
    ),
    "of a run": (lambda tensors, _: tensors.update({"raw.x": torch.ones(1)}), "raw.x"),
    "wrong shape": (lambda tensors, _: tensors.update({"generator.mean_w": torch.ones(3)}), "3 values instead of 8"),
    "no number": (lambda tensors, _: tensors["generator.mean_w"].fill_(torch.nan), "no numbers"),
    "huge": (huge, "instead of"),
    "no shape": (lambda _, texts: texts.update(shape="{"), "its shape cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(gift: Path, name: str):
    change, part = HOSTILE[name]
    spoilt(gift, change)
    failed = ask(ImportModel(path=str(gift)))
    assert isinstance(failed, Failed) and failed.kind == "model_unknown"
    assert part in failed.message.format(**failed.arguments), failed.message.format(**failed.arguments)
    assert not list(Catalog().user.glob(f"*{GIFT}"))


def test_files_of_another_kind_are_refused(gift: Path, tmp_path: Path):
    bomb = tmp_path / f"bomb{GIFT}"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil.txt", bytes(1 << 20))
    empty, picture = tmp_path / f"empty{GIFT}", tmp_path / f"picture{GIFT}"
    empty.write_bytes(b"")
    picture.write_bytes(preview_of(read_header(gift)))
    for path, kind in ((bomb, "model_unsafe"), (empty, "model_unknown"), (picture, "model_unknown")):
        failed = ask(ImportModel(path=str(path)))
        assert isinstance(failed, Failed) and failed.kind == kind and str(path) == failed.file
    cut = tmp_path / f"cut{GIFT}"
    shutil.copy(gift, cut)
    with open(cut, "r+b") as file:
        file.truncate(gift.stat().st_size - 4)
    assert "cut short" in ask(ImportModel(path=str(cut))).message
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("text", ["%%%", base64.b64encode(b"GIF89a" * 9).decode(), "A" * (3 << 20)])
def test_a_preview_that_is_no_small_picture_is_not_shown(gift: Path, text: str):
    spoilt(gift, lambda _, texts: texts.update(preview=text))
    assert preview_of(read_header(gift)) == b""
    assert isinstance(ask(ImportModel(path=str(gift))), Finished), "the model itself is good"


def test_a_preview_of_many_pixels_is_not_shown(gift: Path):
    picture = bytearray(preview_of(read_header(gift)))
    picture[16:24] = (60_000).to_bytes(4, "big") * 2
    spoilt(gift, lambda _, texts: texts.update(preview=base64.b64encode(picture).decode()))
    assert preview_of(read_header(gift)) == b""


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A checkpoint: a model with the discriminator that it learns on with."""
    list(train(TINY, data=None, run=tmp_path / "run", steps=1))
    return checkpoint_path(tmp_path / "run", 1)


JUDGED = {
    "another shape": (lambda tensors, name: tensors.update({name: torch.ones(3, 3)}), "3×3 values instead of"),
    "missing": (lambda tensors, name: tensors.pop(name), "nothing is there"),
    "extra": (lambda tensors, name: tensors.update({f"{name}x": torch.ones(3)}), "no such tensor"),
}  # fmt: skip


@pytest.mark.parametrize("fault", JUDGED)
def test_a_discriminator_that_does_not_fit_is_refused_by_name(whole: Path, fault: str):
    assert isinstance(ask(ImportModel(path=str(whole))), Finished)
    change, part = JUDGED[fault]
    name = next(one for one in load_file(whole) if one.startswith("discriminator."))
    spoilt(whole, lambda tensors, _: change(tensors, name))
    failed = ask(ImportModel(path=str(whole)))
    assert isinstance(failed, Failed) and failed.kind == "model_unknown"
    said = failed.message.format(**failed.arguments)
    assert part in said and name in said


def test_what_a_model_can_do_is_listed_once(whole: Path, home: Path):
    path = home / f"twice{GIFT}"
    assert isinstance(ask(ExportModel(model=str(whole), path=str(path))), Finished)
    able = Catalog().find(str(path)).card.abilities
    assert "bands" in able and len(able) == len(set(able))
