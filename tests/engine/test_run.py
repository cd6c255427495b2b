"""Each request becomes its events; each failure has its kind, its file and a sentence."""

from __future__ import annotations

import errno
import inspect
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from studio.engine import devices
from studio.engine import run as running
from studio.engine.context import Context, ModelCache
from studio.engine.failures import DEVICE_GONE, check_request
from studio.engine.library.catalog import Catalog
from studio.engine.run import run
from studio.messages.events import Device, Failed, Finished, Models, Picture, Progress
from studio.messages.requests import (
    ApplyFilter,
    Generate,
    ImportModel,
    ListModels,
    Request,
    Train,
    UseDevice,
)
from studio.recipe import RecipeError
from tests.engine.conftest import CARD


def pictures(events: list) -> list[Picture]:
    return [event for event in events if isinstance(event, Picture)]


def failure(events: list) -> Failed:
    assert isinstance(events[-1], Failed), events
    assert not any(isinstance(event, Failed) for event in events[:-1])
    return events[-1]


def ask(request: Request, context: Context | None = None) -> list:
    return list(run(request, context or Context(device="cpu")))


# --- generate -------------------------------------------------------------------------------------------------------


def test_a_picture_per_seed_in_order(tiny):
    events = ask(Generate(model="tiny", seeds=(5, 6, 5), size=48))
    assert isinstance(events[-1], Finished)
    made = pictures(events)
    assert [(picture.index, picture.seed) for picture in made] == [(0, 5), (1, 6), (2, 5)]
    assert {picture.pixels.shape for picture in made} == {(48, 48, 3)}
    assert {picture.real_size for picture in made} == {32}
    assert made[0].pixels.data == made[2].pixels.data != made[1].pixels.data
    assert len(made[0].latent) == 4 * 4
    assert len(made[0].digest) == 64
    progress = [event.done for event in events if isinstance(event, Progress)]
    assert progress == sorted(progress)
    assert progress[-1] == 3


def test_a_seed_is_the_same_picture_alone_and_among_others(tiny):
    alone = pictures(ask(Generate(model="tiny", seeds=(9,), size=64)))[0]
    among = pictures(ask(Generate(model="tiny", seeds=tuple(range(20)), size=64)))[9]
    assert alone.pixels.data == among.pixels.data


def test_sliders_and_variety_change_the_picture(tiny):
    def first(**fields) -> bytes:
        return pictures(ask(Generate(model="tiny", seeds=(1,), **fields)))[0].pixels.data

    plain = first()
    assert first(sliders={"mist": 2.5}) != plain
    assert first(sliders={"mist": 0.0}) == plain
    assert first(variety=0.0) != plain


def test_quick_pictures_are_not_resampled(tiny):
    made = pictures(ask(Generate(model="tiny", seeds=(1,), size=512, quick=True)))[0]
    assert made.pixels.shape == (32, 32, 3)


def test_closing_stops_between_pictures(tiny):
    events = run(Generate(model="tiny", seeds=tuple(range(1000)), size=32), Context(device="cpu"))
    for event in events:
        if isinstance(event, Picture) and event.index == 2:
            break
    events.close()
    assert not torch.is_inference_mode_enabled()


def test_inference_mode_does_not_leak_between_steps(tiny):
    for _ in run(Generate(model="tiny", seeds=(1, 2), size=32), Context(device="cpu")):
        assert not torch.is_inference_mode_enabled()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"variety": 9.0}, "variety"),
        ({"variety": float("nan")}, "variety"),
        ({"sliders": {"mist": float("inf")}}, "mist"),
        ({"size": 1_000_000}, "size"),
        ({"seeds": ()}, "seeds"),
        ({"sliders": {"rain": 1.0}}, "rain"),
    ],
)
def test_values_out_of_range_are_bad_requests(tiny, fields, word):
    failed = failure(ask(Generate(**({"model": "tiny", "seeds": (1,)} | fields))))
    assert failed.kind == "bad_request"
    assert word in failed.message.format(**failed.arguments)


def test_check_keeps_filter_pixels_out_of_the_way():
    request = ApplyFilter(name="x", version=1, parameters={}, pixels=bytes(1 << 20), shape=(1,), dtype="|u1")
    check_request(request)
    with pytest.raises(RecipeError):
        check_request(msgspec.structs.replace(request, version="one"))


def test_warming_up_loads_the_embedded_model(home, tmp_path, write):
    write(tmp_path / "model.safetensors")
    context = Context(device="cpu", catalog=Catalog(embedded=tmp_path))
    list(running.warm(context))
    assert context.models.holds(context.catalog.find("tiny"), "cpu")
    list(running.warm(Context(device="cpu", catalog=Catalog(embedded=tmp_path / "none"))))


# --- models that cannot be used ---------------------------------------------------------------------------------------


def test_missing_model(home):
    failed = failure(ask(Generate(model="gone", seeds=(1,))))
    assert (failed.kind, failed.file) == ("model_missing", "gone")


def test_pickle(tiny):
    torch.save({"a": torch.zeros(3)}, tiny)
    failed = failure(ask(Generate(model=str(tiny), seeds=(1,))))
    assert (failed.kind, failed.file) == ("model_unsafe", str(tiny))


def test_wrong_shape_names_the_tensor(tiny, write):
    def spoil(tensors: dict) -> None:
        tensors["generator.plan.weight"] = torch.zeros(7, 3)

    write(tiny, change=spoil)
    failed = failure(ask(Generate(model="tiny", seeds=(1,))))
    assert (failed.kind, failed.file) == ("model_unknown", str(tiny))
    assert failed.arguments["tensor"] == "plan.weight"


def test_missing_tensor_is_named(tiny, write):
    write(tiny, change=lambda tensors: tensors.pop("upscaler.opening.weight"))
    failed = failure(ask(Generate(model="tiny", seeds=(1,))))
    assert failed.kind == "model_unknown"
    assert failed.arguments["tensor"] == "opening.weight"


def test_weights_that_are_no_numbers(tiny, write):
    def spoil(tensors: dict) -> None:
        tensors["generator.ground"] = torch.full_like(tensors["generator.ground"], torch.nan)

    write(tiny, change=spoil)
    failed = failure(ask(Generate(model="tiny", seeds=(1,))))
    assert (failed.kind, failed.file) == ("bug", str(tiny))


def test_the_exact_file_is_wanted_and_gone(tiny):
    failed = failure(ask(Generate(model="tiny", digest="f" * 64, seeds=(1,))))
    assert failed.kind == "model_missing"


# --- memory -----------------------------------------------------------------------------------------------------------


class Hungry:
    """Stands for a model: refuses more than ``room`` pictures at once, on other devices than the processor."""

    def __init__(self, room: int, device: str):
        self.room, self.device, self.asked = room, device, []

    def latents(self, seeds):
        self.asked.append(len(seeds))
        if self.device != "cpu" and len(seeds) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory")
        if self.room < 0:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")
        return torch.zeros(len(seeds), 4)

    def styles(self, z, sliders, variety, label, toward, blend):
        return z

    def render(self, w, *, quick, enlarged):
        return torch.zeros(len(w), 3, 32, 32)


@pytest.fixture
def graphics_card(monkeypatch):
    """Makes the devices say that there is one more, called ``fake``."""
    monkeypatch.setattr(devices, "available", lambda: ("fake", "cpu"))


def hungry_context(room: int) -> tuple[Context, dict[str, Hungry]]:
    loaded: dict[str, Hungry] = {}

    def load(path: str, device: str) -> Hungry:
        return loaded.setdefault(device, Hungry(room, device))

    return Context(device="auto", load=load), loaded


def test_full_memory_halves_the_batch(tiny, graphics_card):
    context, loaded = hungry_context(room=3)
    events = ask(Generate(model="tiny", seeds=tuple(range(20)), size=32), context)
    assert [picture.index for picture in pictures(events)] == list(range(20))
    assert loaded["fake"].asked[:3] == [8, 4, 2]
    assert context.device == "fake"


def test_full_memory_falls_to_the_processor_and_says_so(tiny, graphics_card):
    context, loaded = hungry_context(room=0)
    events = ask(Generate(model="tiny", seeds=(1, 2), size=32), context)
    assert isinstance(events[-1], Finished)
    assert len(pictures(events)) == 2
    said = [event for event in events if isinstance(event, Device) and event.reason]
    assert [event.device for event in said] == ["cpu"]
    assert "memory" in said[0].reason
    assert loaded["cpu"].asked == [1, 1]


def test_full_main_memory_is_a_named_failure(tiny):
    context, _ = hungry_context(room=-1)
    context.device = "cpu"
    assert failure(ask(Generate(model="tiny", seeds=(1,), size=32), context)).kind == "out_of_memory"


class Scaled:
    """Stands for a model of 64 pixels that enlarges to 256 by itself."""

    def __init__(self) -> None:
        self.asked: list[tuple[bool, bool]] = []

    def latents(self, seeds):
        return torch.zeros(len(seeds), 4)

    def styles(self, z, sliders, variety, label, toward, blend):
        return z

    def render(self, w, *, quick, enlarged):
        self.asked.append((quick, enlarged))
        side = 256 if enlarged else 64
        return torch.zeros(len(w), 3, side, side)


@pytest.mark.parametrize(
    ("size", "quick", "enlarged", "side"),
    [
        (64, True, False, 64),
        (48, True, False, 48),
        (128, True, True, 128),
        (512, True, True, 256),
        (64, False, True, 64),
    ],
)
def test_a_small_quick_picture_saves_the_enlargement(tiny, write, size, quick, enlarged, side):
    write(tiny, msgspec.structs.replace(CARD, size=64, learned_size=256))
    model = Scaled()
    context = Context(device="cpu", load=lambda path, device: model)
    (made,) = pictures(ask(Generate(model="tiny", seeds=(1,), size=size, quick=quick), context))
    assert model.asked == [(quick, enlarged)]
    assert made.pixels.shape[:2] == (side, side)


def test_models_are_loaded_once_and_dropped_above_the_budget(tiny):
    entry = Context().catalog.find("tiny")
    loads: list[str] = []
    cache = ModelCache(lambda path, device: loads.append(path) or object(), budget=2 * entry.bytes)
    first = cache.get(entry, "cpu")
    assert cache.get(entry, "cpu") is first
    others = [msgspec.structs.replace(entry, digest=str(number)) for number in range(2)]
    for other in others:
        cache.get(other, "cpu")
    assert not cache.holds(entry, "cpu")
    assert all(cache.holds(other, "cpu") for other in others)
    assert len(loads) == 3


# --- the other requests -----------------------------------------------------------------------------------------------


def test_list_and_import(home, tiny, tmp_path):
    outside = tmp_path / "mine.safetensors"
    tiny.rename(outside)
    assert ask(ListModels())[0] == Models(entries=Context().catalog.entries())
    events = ask(ImportModel(path=str(outside)))
    assert isinstance(events[-1], Finished)
    assert "tiny" in [entry.card.name for entry in events[0].entries]
    assert failure(ask(ImportModel(path=str(tmp_path / "none")))).kind == "model_missing"


def test_use_device():
    context = Context()
    events = ask(UseDevice(device="cpu"), context)
    assert [type(event) for event in events] == [Device, Finished]
    assert events[0].device == context.device == "cpu"
    assert events[0].device_name
    failed = failure(ask(UseDevice(device="warp"), context))
    assert failed.kind == "bad_request"
    assert "cpu" in failed.message.format(**failed.arguments)


def test_a_device_that_is_gone_is_replaced_and_said(tiny):
    """Settings from another computer: pictures are made all the same, and once it is told why on what."""
    context = Context(device="xpu:7")
    events = ask(Generate(model="tiny", seeds=(1,), size=32), context)
    assert isinstance(events[-1], Finished) and len(pictures(events)) == 1
    said = [event for event in events if isinstance(event, Device)]
    assert [one.device for one in said] == [devices.choose("auto")] == [context.device]
    assert said[0].reason == DEVICE_GONE
    assert said[0].available == devices.available()
    again = ask(Generate(model="tiny", seeds=(1,), size=32), context)
    assert not any(isinstance(event, Device) for event in again)


def test_warming_up_falls_back_from_a_device_that_is_gone(home, tmp_path, write):
    write(tmp_path / "model.safetensors")
    context = Context(device="xpu:7", catalog=Catalog(embedded=tmp_path))
    said = [event for event in running.warm(context) if isinstance(event, Device)]
    assert [one.reason for one in said] == [DEVICE_GONE]
    assert context.device in devices.available()


class Amount(msgspec.Struct, frozen=True):
    amount: float = 1.0


class Negative:
    """An engine filter of these tests."""

    version = 1
    parameters = Amount

    def apply(self, pixels, parameters, *, device):
        assert device == "cpu"
        return (1 - parameters.amount * pixels).astype(np.float32)


def filter_request(pixels: np.ndarray, **fields) -> ApplyFilter:
    plain: dict[str, Any] = {
        "name": "negative",
        "version": 1,
        "parameters": {},
        "dtype": pixels.dtype.str,
        "shape": pixels.shape,
    }
    everything: dict[str, Any] = {**plain, "pixels": pixels.tobytes(), **fields}
    return ApplyFilter(**everything)


def test_apply_filter():
    pixels = np.random.default_rng(1).random((8, 9, 4), np.float32)
    context = Context(device="cpu", filters={"negative": Negative()})
    made = pictures(ask(filter_request(pixels), context))
    np.testing.assert_array_equal(made[0].pixels.array(), 1 - pixels)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "other"},
        {"version": 2},
        {"parameters": {"strength": 1}},
        {"shape": (5, 5, 4)},
        {"dtype": "nonsense"},
    ],
)
def test_apply_filter_refuses(fields):
    context = Context(device="cpu", filters={"negative": Negative()})
    assert (
        failure(ask(filter_request(np.zeros((2, 2, 4), np.float32), **fields), context)).kind == "bad_request"
    )


def test_unknown_training_recipe_is_a_bad_request(home, tmp_path):
    failed = failure(ask(Train(recipe="no-such-recipe", run=str(tmp_path))))
    assert failed.kind == "bad_request"
    assert "no-such-recipe" in failed.message.format(**failed.arguments)


def test_full_disk_is_a_named_failure(home, monkeypatch):
    def full(request, context):
        yield Progress(done=0, total=1)
        raise OSError(errno.ENOSPC, "No space left on device", "/somewhere/step")

    monkeypatch.setattr(running, "_train", full)
    failed = failure(ask(Train(recipe="tiny", run="x")))
    assert (failed.kind, failed.file) == ("disk_full", "/somewhere/step")


def test_a_bug_is_raised(tiny):
    def broken(path: str, device: str):
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError):
        ask(Generate(model="tiny", seeds=(1,)), Context(load=broken))


def test_each_kind_of_request_has_its_function():
    for name, kind in vars(__import__("studio.messages.requests", fromlist=["x"])).items():
        if inspect.isclass(kind) and issubclass(kind, Request) and kind is not Request:
            assert callable(running._function_for(_blank(kind))), name


def _blank(kind: type[Request]) -> Request:
    needed = {"model": "m", "seeds": (1,), "name": "n", "version": 1, "parameters": {}, "pixels": b"", "shape": (),
              "dtype": "|u1", "file": "f", "yes": (), "no": (), "recipe": "r", "run": "x", "path": "p", "folder": "f", "files": (), "device": "cpu",
              "pictures": "p", "data": "d", "out": "o", "stations": (), "rule": "digits"}  # fmt: skip
    return kind(**{name: value for name, value in needed.items() if name in kind.__struct_fields__})
