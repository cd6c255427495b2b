"""Training runs and filters as the workspace sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from studio import recipe
from studio.document import edits
from studio.document.layer import Filter, Group, Paint
from studio.filters import FILTERS
from studio.messages.event import Event
from studio.messages.events import Checkpoint, Device, Failed, Finished, Foreseen, Progress, Sample
from studio.messages.pixels import Pixels
from studio.messages.requests import Foresee, Train
from studio.messages.training import LOOK, ON_BATTERY, SMALLER, WANTED, Tuning, Warned
from studio.project.png import encode_png
from studio.workspace.training_run import TrainingState, checkpoint_of
from tests.workspace.conftest import Bench


def test_a_run_is_followed_and_stopped_without_an_error(bench: Bench) -> None:
    training = bench.studio.training
    training.start("shanshui-gan", name="lake")
    training.start("shanshui-gan", name="second")
    (request,) = bench.engine.requests
    assert isinstance(request, Train), "one run at a time"
    bench.engine.answer()
    assert training.state is not None and training.state.running and training.state.step > 0
    assert training.sample is not None and training.state.checkpoint
    last = Path(request.run) / "checkpoints" / "step-00000099.safetensors"
    last.parent.mkdir(parents=True)
    last.write_bytes(b"")
    training.stop()
    assert not training.state.running and not training.state.problem
    assert training.state.checkpoint == str(last), "written when it was stopped"
    assert bench.sentences("error") == [] and bench.sentences("done")
    assert not bench.studio.jobs.lines
    training.start("shanshui-gan", name="third")
    assert len(bench.engine.requests) == 2


def test_a_run_waits_for_the_mains_where_that_is_wished(bench: Bench) -> None:
    training = bench.studio.training
    bench.studio.change_settings(pause_on_battery=True, checkpoint_minutes=3.0)
    training.start("shanshui-gan", name="lake")
    ((job, request, on_event),) = bench.engine._waiting
    assert isinstance(request, Train) and request.mains_only and request.checkpoint_minutes == 3.0
    on_event(Progress(job=job, done=7, total=20, text=ON_BATTERY))
    state = training.state
    assert state is not None and state.on_battery and state.running and state.step == 7
    on_event(Progress(job=job, done=8, total=20))
    assert training.state is not None and not training.state.on_battery


def test_a_run_that_fails_says_why_and_frees_the_panel(bench: Bench) -> None:
    bench.studio.training.start("shanshui-gan")
    bench.engine.fail("disk_full")
    assert "Make room" in bench.sentences("error")[0] and "kept" not in bench.sentences("error")[0]
    bench.studio.training.start("shanshui-gan", name="later")
    assert bench.studio.training.state is not None
    checkpoints(bench.studio.training.state.run, 5)
    bench.studio.training._look_at_files()
    bench.engine.fail("disk_full")
    assert "last checkpoint is kept" in bench.sentences("error")[1]
    state = bench.studio.training.state
    assert state is not None and not state.running and "full" in state.problem


def test_finishing_counts_as_no_steps_of_the_run(bench: Bench) -> None:
    training = bench.studio.training
    training.start("shanshui-gan", name="hills")
    ((job, request, on_event),) = bench.engine._waiting
    assert isinstance(request, Train)
    on_event(Progress(job=job, done=9, total=9, values={"loss": 0.5}))
    on_event(Progress(job=job, done=3, total=40, seconds_left=80.0, text="Teaching", stage="finish"))
    assert training.state is not None
    assert (training.state.step, training.state.total, training.state.seconds_left) == (9, 9, 80.0)
    assert len(training.state.curve) == 1 and training.state.losses == {"loss": 0.5}
    (line,) = bench.studio.jobs.lines
    assert (line.done, line.total, line.text) == (3, 40, "Teaching")
    last = Path(request.run) / "checkpoints" / "step-00000009.safetensors"
    last.parent.mkdir(parents=True)
    last.write_bytes(b"")
    model = str(Path(request.run) / "model.safetensors")
    on_event(Checkpoint(job=job, step=9, path=model))
    on_event(Finished(job=job))
    assert training.state.checkpoint == model, "what is generated with from now on"
    assert "step 9" in bench.sentences("done")[-1]
    bench.engine.answer()


def test_a_run_that_falls_back_to_another_device_says_so(bench: Bench) -> None:
    bench.studio.training.start("shanshui-gan")
    ((_, _, on_event),) = bench.engine._waiting
    on_event(Device(device="cpu", device_name="Processor", reason="The card is gone."))
    assert bench.sentences("warn") == ["Now computing on Processor: The card is gone."]


@pytest.fixture
def noisy(bench: Bench) -> Bench:
    bench.studio.new_picture(128, 96)
    bench.stroke()
    bench.studio.filtering.add_layer("gaussian-noise", {"sigma": 0.1, "seed": 3})
    return bench


def sigma_of(bench: Bench) -> float:
    assert isinstance(bench.active, Filter)
    return bench.active.recipe.parameters["sigma"]


def test_a_live_filter_is_one_step_per_change(noisy: Bench) -> None:
    filtering = noisy.studio.filtering
    layer = filtering.target
    assert isinstance(layer, Filter)
    for sigma in (0.2, 0.3, 0.4):
        filtering.change(layer.id, msgspec.structs.replace(filtering.parameters(layer), sigma=sigma))
    assert noisy.labels()[-1] == "New filter layer"
    filtering.release()
    assert noisy.labels()[-1] == "Filter parameters" and noisy.labels().count("Filter parameters") == 1
    assert sigma_of(noisy) == 0.4
    noisy.studio.undo()
    assert sigma_of(noisy) == 0.1


def test_once_onto_a_paint_layer_and_above_a_filter(noisy: Bench) -> None:
    below = noisy.active
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.settle()
    above = noisy.active
    assert isinstance(above, Filter) and above is not below and not above.clipping
    noisy.studio.undo()
    picture = noisy.picture
    paper = picture.document.artwork.layers[0]
    noisy.studio.layers.choose(paper.id)
    before = paper.surface.read(picture.document.artwork.rect)  # type: ignore[attr-defined]
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.settle()
    after = picture.document.artwork.find(paper.id).surface.read(picture.document.artwork.rect)  # type: ignore[union-attr]
    assert not np.array_equal(before, after) and not noisy.studio.jobs.lines
    noisy.studio.undo()
    assert np.array_equal(
        picture.document.artwork.find(paper.id).surface.read(picture.document.artwork.rect),  # type: ignore[union-attr]
        before,
    )


def test_a_layer_changed_while_it_is_filtered_keeps_both(noisy: Bench) -> None:
    paper = noisy.picture.document.artwork.layers[0]
    assert isinstance(paper, Paint)
    noisy.studio.layers.choose(paper.id)
    noisy.studio.filtering.apply("uniform-noise", {"amount": 0.5})
    assert noisy.studio.jobs.lines
    noisy.studio.layers.set_opacity(0.5)
    noisy.settle()
    after = noisy.picture.document.artwork.find(paper.id)
    assert isinstance(after, Paint)
    assert after.opacity == 0.5 and after.surface is not paper.surface
    assert not noisy.studio.jobs.lines


def test_what_is_painted_while_a_layer_is_filtered_is_filtered_too(noisy: Bench) -> None:
    picture = noisy.picture
    paper = picture.document.artwork.layers[0]
    noisy.studio.layers.choose(paper.id)
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.studio.render_lane.step()
    noisy.stroke()
    assert noisy.labels()[-2:] == ["Paint", "Gaussian blur"]


def test_a_filter_shows_how_far_it_is_and_can_be_stopped(noisy: Bench) -> None:
    paper = noisy.picture.document.artwork.layers[0]
    noisy.studio.layers.choose(paper.id)
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.studio.render_lane.step()
    (line,) = noisy.studio.jobs.lines
    assert 0 < line.done < line.total and line.stop is not None
    line.stop()
    noisy.settle()
    assert not noisy.studio.jobs.lines and noisy.labels()[-1] == "New filter layer"


def test_a_whole_filter_is_computed_in_a_picture_that_is_opened(bench: Bench) -> None:
    artwork = edits.new_artwork(64, 48, background=(0.4, 0.5, 0.6, 1.0))
    layer = Filter(recipe=recipe.store("auto-contrast", 1, FILTERS["auto-contrast"].parameters()))
    picture = bench.studio.show(edits.add_layer(artwork, layer), title="Opened")
    bench.settle()
    assert picture.renderer.whole_result(layer) is not None


def test_a_whole_filter_in_a_group_follows_what_is_painted_below_it(bench: Bench) -> None:
    picture = bench.studio.new_picture(64, 48)
    layer = Filter(recipe=recipe.store("auto-contrast", 1, FILTERS["auto-contrast"].parameters()))
    group = Group(children=(layer,), pass_through=True)
    picture.document.commit("Group", edits.add_layer(picture.document.artwork, group))
    bench.settle()
    first = picture.renderer.whole_result(layer)
    bench.studio.layers.choose(picture.document.artwork.layers[0].id)
    bench.stroke()
    assert first is not None and picture.renderer.whole_result(layer) is not first


def test_the_results_of_whole_filters_are_saved(bench: Bench, tmp_path: Path) -> None:
    artwork = edits.new_artwork(64, 48, background=(0.4, 0.5, 0.6, 1.0))
    layer = Filter(recipe=recipe.store("auto-contrast", 1, FILTERS["auto-contrast"].parameters()))
    picture = bench.studio.show(edits.add_layer(artwork, layer), title="Opened")
    bench.settle()
    made = picture.renderer.whole_result(layer)
    bench.studio.filing.save(picture, str(tmp_path / "kept.danqing"))
    bench.settle()
    assert not picture.modified and bench.labels() == ["New picture"]
    bench.studio.close(picture)
    bench.settle()
    bench.studio.open(str(tmp_path / "kept.danqing"))
    bench.studio.files_lane.drain()
    kept = bench.picture.document.artwork.find(layer.id)
    assert made is not None and isinstance(kept, Filter) and kept.result is not None
    assert np.array_equal(kept.result.read(artwork.rect), made.read(artwork.rect))


def begun(bench: Bench, **values: object) -> tuple[Train, Callable[[Event], None]]:
    """A run of the small recipe over 100 steps, its request and where its events go."""
    bench.studio.training.start("tiny", "/pictures/ink", steps=100, **values)
    job, request, on_event = bench.engine._waiting[-1]
    assert isinstance(request, Train)
    return request, lambda event: on_event(msgspec.structs.replace(event, job=job))


def checkpoints(run: str, *steps: int) -> None:
    for step in steps:
        path = checkpoint_of(run, step)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_what_goes_wrong_is_changed_while_it_learns(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench)
    checkpoints(request.run, 40)
    say(Progress(done=40, total=100))
    say(Warned(trouble="repeats", step=40, value=0.2))
    assert training.suggested() == Tuning(penalty=4.0)
    bench.engine.requests.clear()
    training.change()
    assert training.state is not None and training.state.running and training.state.warned is None
    (again,) = bench.engine.requests
    assert isinstance(again, Train)
    assert (again.resume, again.steps, again.run, again.tuning) == (
        True,
        60,
        request.run,
        Tuning(penalty=4.0),
    )
    assert bench.sentences("done") == [], "it was not at its end"
    assert len(bench.studio.jobs.lines) == 1


def test_full_memory_is_answered_with_a_batch_in_parts(bench: Bench) -> None:
    training = bench.studio.training
    begun(bench)
    bench.engine.fail("out_of_memory")
    assert training.state is not None and training.state.failure == "out_of_memory"
    training.change()
    again = bench.engine.requests[-1]
    assert isinstance(again, Train) and again.tuning == Tuning(parts=2)
    assert not again.resume, "there was no checkpoint yet"
    bench.engine.fail("out_of_memory")
    assert training.suggested() == Tuning(parts=4)


def test_a_run_that_went_back_by_itself_suggests_nothing_more(bench: Bench) -> None:
    _, say = begun(bench)
    say(Warned(trouble="runaway", step=30, tuning=Tuning(rate=0.25)))
    training = bench.studio.training
    assert training.suggested() is None
    assert training.state is not None and training.state.tuning == Tuning(rate=0.25)


def test_moments_are_scrubbed_and_kept(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench)
    for step in (20, 40, 60):
        pixels = np.full((16, 16, 3), step, np.uint8)
        folder = Path(request.run, "samples")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"step-{step:08d}.png").write_bytes(b"".join(encode_png(pixels)))
        say(Sample(step=step, pixels=Pixels.of(pixels)))
    checkpoints(request.run, 40)
    say(Checkpoint(step=40, path=str(checkpoint_of(request.run, 40))))
    assert training.state is not None
    assert [one.step for one in training.state.moments] == [20, 40, 60] and training.state.saved == {40}
    training.show_moment(40)
    bench.settle()
    assert training.sample is not None and training.sample[0, 0].tolist() == [40] * 3
    assert training.checkpoint() == str(checkpoint_of(request.run, 40))
    say(Sample(step=80, pixels=Pixels.of(np.zeros((16, 16, 3), np.uint8))))
    assert training.sample[0, 0, 0] == 40, "what is looked at stays while it learns on"
    training.keep_moment()
    assert training.state.kept == {40}
    training.show_moment(20)
    bench.settle()
    assert training.checkpoint() == "", "only its pictures are left"
    training.show_moment(80)
    assert training.shown == -1, "the newest one follows the run"
    training.keep_moment()
    assert Path(request.run, WANTED).exists(), "the run is asked to keep the present"


def test_the_newest_run_is_there_after_a_restart(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench)
    bench.settle()
    checkpoints(request.run, 30)
    say(Progress(done=30, total=100))
    training.stop()
    training.state = training._request = None
    training.recall()
    bench.settle()
    assert training.state is not None
    assert (training.state.name, training.state.step, training.state.total) == ("ink", 30, 100)
    training.go_on()
    again = bench.engine.requests[-1]
    assert isinstance(again, Train) and (again.resume, again.steps, again.run) == (True, 70, request.run)


def test_dry_steps_say_what_is_planned(bench: Bench) -> None:
    training = bench.studio.training
    training.foresee("/pictures/ink", "", 3600)
    ((job, request, on_event),) = bench.engine._waiting
    assert isinstance(request, Foresee) and (request.recipe, request.seconds) == ("", 3600)
    assert training.plan.asked
    found = Foreseen(job=job, recipe="tiny", side=32, batch=8, steps=900, step_seconds=0.1, seconds=90.0)
    on_event(found)
    on_event(Finished(job=job))
    assert training.plan.found == found and not training.plan.asked and not bench.studio.jobs.lines
    training.foresee("/pictures/ink", "tiny", 0)
    bench.engine.fail("bad_request")
    assert training.plan.problem and training.plan.found is None


def test_a_run_does_not_wait_behind_its_dry_steps(bench: Bench) -> None:
    training = bench.studio.training
    training.foresee("/pictures/ink", "tiny", 0)
    ((job, _, _),) = bench.engine._waiting
    begun(bench)
    assert job not in bench.engine.running
    assert len(bench.studio.jobs.lines) == 1 and training.state is not None and training.state.running


def test_another_folder_ends_the_line_of_the_one_before(bench: Bench) -> None:
    for folder in ("/pictures/ink", "/pictures/oil", "/pictures/ink"):
        bench.studio.training.pictures.look(folder)
    assert len(bench.studio.jobs.lines) == 1
    bench.engine.fail("cancelled")
    assert not bench.studio.jobs.lines and not bench.studio.training.pictures.looking


def test_a_run_says_whether_it_still_becomes_better() -> None:
    def state(*distances: float) -> TrainingState:
        looks = tuple((100 * (index + 1), value) for index, value in enumerate(distances))
        return TrainingState(name="ink", run="", looks=looks)

    falling = [1 / (1 + index) for index in range(12)]
    assert state(*falling[:5]).trend()[0] == ""
    assert state(*falling).trend() == ("better", 1200)
    assert state(*falling, *[0.1] * 8).trend() == ("resting", 1200)


def test_a_checkpoint_that_pictures_are_made_with_stays(bench: Bench) -> None:
    request, _ = begun(bench)
    checkpoints(request.run, 10, 20)
    other = checkpoint_of(request.run, 20).with_name("model.safetensors")
    other.write_bytes(b"")
    for path in (checkpoint_of(request.run, 10), other, checkpoint_of(request.run, 30)):
        bench.studio.training.keep_used(str(path))
    kept = sorted(path.name for path in checkpoint_of(request.run, 0).parent.glob("*.kept"))
    assert kept == ["step-00000010.safetensors.kept"]
    assert bench.studio.training.state is not None and bench.studio.training.state.kept == {10}


def restarted(bench: Bench) -> None:
    """As after the studio was closed: what is known of the last run comes from its folder."""
    training = bench.studio.training
    training.state = training._request = None
    training._recalled = False
    training.recall()
    bench.settle()


def test_a_run_without_a_checkpoint_is_shown_again_and_begins_anew_or_goes(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench, name="old")
    checkpoints(request.run, 30)
    say(Finished())
    bench.settle()
    request, _ = begun(bench, name="killed")
    bench.settle()
    folder = Path(request.run, "samples")
    folder.mkdir(parents=True)
    (folder / "step-00000007.png").write_bytes(b"".join(encode_png(np.zeros((16, 16, 3), np.uint8))))
    restarted(bench)
    state = training.state
    assert state is not None and (state.name, state.step, state.saved) == ("killed", 7, frozenset())
    assert not state.running and not training.continues and training.checkpoint() == ""
    training.go_on()
    again = bench.engine.requests[-1]
    assert isinstance(again, Train) and (again.resume, again.steps, again.run) == (False, 100, request.run)
    assert training.state is not None and not training.state.moments, "they were of the run before"
    bench.settle()
    assert not folder.exists()
    bench.engine.fail("engine_lost")
    training.remove()
    bench.settle()
    assert not Path(request.run).exists()
    assert training.state is not None and (training.state.name, training.state.step) == ("old", 30)
    training.remove()
    bench.settle()
    assert checkpoint_of(training.state.run, 30).exists(), "what has learnt is not taken away"


def test_a_run_that_never_began_is_not_shown_again(bench: Bench) -> None:
    training = bench.studio.training
    for kind in ("bad_request", "cancelled"):
        begun(bench)
        bench.settle()
        bench.engine.fail(kind)
        bench.settle()
        restarted(bench)
        assert training.state is None, kind


def test_a_run_that_still_learns_at_half_the_size_goes_on(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench)
    checkpoints(str(Path(request.run, SMALLER)), 40)
    say(Failed(kind="engine_lost"))
    assert training.continues
    training.remove()
    training.go_on()
    again = bench.engine.requests[-1]
    assert isinstance(again, Train) and again.resume and Path(request.run).exists()


def test_sample_pictures_are_asked_for(bench: Bench) -> None:
    training = bench.studio.training
    training.sample_now()
    assert not training.looking, "there is no run"
    request, say = begun(bench)
    training.show_moment(20)
    training.sample_now()
    asked = Path(request.run, LOOK)
    assert asked.exists() and training.looking and training.shown == -1
    say(Sample(step=41, pixels=Pixels.of(np.zeros((16, 16, 3), np.uint8))))
    assert not training.looking and training.sample is not None
    training.sample_now()
    say(Finished())
    assert not asked.exists() and not training.looking, "the run is over"


def test_a_checkpoint_that_is_newer_than_the_last_pictures_is_the_one_to_use(bench: Bench) -> None:
    training = bench.studio.training
    request, say = begun(bench)
    bench.settle()
    folder = Path(request.run, "samples")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "step-00000020.png").write_bytes(b"".join(encode_png(np.full((16, 16, 3), 9, np.uint8))))
    say(Progress(done=29, total=100))
    checkpoints(request.run, 30)
    training.stop()
    assert training.state is not None and training.state.step == 30, "as far as it can go on from"
    restarted(bench)
    assert training.checkpoint() == str(checkpoint_of(request.run, 30))
    assert training.sample is not None and training.sample[0, 0, 0] == 9
