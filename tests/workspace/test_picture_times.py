"""The seconds before the click are those measured here, in this session or an earlier one."""

from __future__ import annotations

from msgspec.structs import replace

from studio import settings
from studio.messages.events import Device, Finished, Picture, Progress
from studio.messages.pixels import Pixels
from studio.settings import PictureTime
from studio.workspace.picture_times import KEPT, PictureTimes
from tests.ui import fakes
from tests.workspace.conftest import Bench

DIGEST = "0" * 64


def on(bench: Bench, device: str) -> None:
    """The engine works on ``device`` now."""
    bench.engine.device = Device(device=device, device_name=device)  # type: ignore[assignment]
    bench.studio.engine_says(bench.engine.device)  # type: ignore[arg-type]


def press(bench: Bench, seconds: float, count: int = 4) -> None:
    """One press; each of its pictures takes the engine ``seconds``."""
    bench.studio.generating.set_values(count=count)
    bench.studio.generating.generate(new_layer=True)
    ((job, _request, hear),) = bench.engine._waiting
    bench.engine._waiting.clear()
    hear(Progress(job=job, done=0, total=count, text="Loading the model"))
    for index in range(count):
        pixels = Pixels.of(fakes.gradient(index, {}, 64))
        hear(Picture(job=job, index=index, seed=index, pixels=pixels, real_size=64, seconds=seconds))
    hear(Finished(job=job))
    bench.settle()


def test_the_next_session_knows_the_seconds_before_its_first_click(bench: Bench) -> None:
    bench.studio.new_picture(128, 96)
    assert bench.studio.generating.button().seconds == 0, "nothing was measured yet, so nothing is said"
    press(bench, 0.25)
    assert bench.studio.generating.button().seconds == 1.0
    kept = settings.load().settings.picture_times
    assert kept == (PictureTime(model=DIGEST, size=512, count=4, device="auto", seconds=0.25),)
    later = Bench(type(bench.engine)())
    later.studio.settings = settings.load().settings
    later.studio.new_picture(64, 64)
    assert later.studio.generating.button().seconds == 1.0
    later.close()


def test_a_press_is_told_from_others_and_the_nearest_stands_in(bench: Bench) -> None:
    times, entry = PictureTimes(bench.studio), fakes.model()
    times.note(entry, 512, 1, 0.5)
    times.note(entry, 512, 4, 0.2)
    times.note(entry, 256, 4, 0.1)
    assert [times.seconds(entry, 512, 1), times.seconds(entry, 512, 4)] == [0.5, 0.2]
    assert times.seconds(entry, 512, 16) == 0.2, "the last of this side"
    assert times.seconds(entry, 1024, 1) == 0.1, "the model's last"
    assert times.seconds(fakes.model(digest="1" * 64), 512, 1) == 0, "another checkpoint of the same name"


def test_each_device_has_its_own(bench: Bench) -> None:
    times, entry = PictureTimes(bench.studio), fakes.model()
    on(bench, "cuda:0")
    times.note(entry, 512, 4, 0.01)
    on(bench, "cpu")
    assert times.seconds(entry, 512, 4) == 0
    times.note(entry, 512, 4, 0.7)
    assert times.seconds(entry, 512, 4) == 0.7
    on(bench, "cuda:0")
    assert times.seconds(entry, 512, 4) == 0.01
    bench.engine.device = None
    assert times.seconds(entry, 512, 4) == 0.7, "the engine has not said yet: the last of any"
    bench.studio.keep_soon(device="cuda")
    assert times.seconds(entry, 512, 4) == 0.01


def test_the_panel_hears_of_another_device(bench: Bench) -> None:
    heard: list[int] = []
    bench.studio.generating.changed.connect(lambda: heard.append(1))
    on(bench, "cpu")
    assert heard


def test_measured_again_replaces_and_the_list_stays_short(bench: Bench) -> None:
    times, entry = PictureTimes(bench.studio), fakes.model()
    for number in range(KEPT + 5):
        times.note(replace(entry, digest=f"{number:064}"), 512, 4, 1.0)
        times.note(replace(entry, digest=f"{number:064}"), 512, 4, 0.5)
    kept = bench.studio.settings.picture_times
    assert len(kept) == KEPT and {one.seconds for one in kept} == {0.5}
    assert kept[0].model == f"{KEPT + 4:064}", "latest first"
