"""The eight sliders of the embedded landscapes do what their names say.

What was measured stands in sliders.json beside the model and belongs to these very weights. Beside the judge there are
measures of pixels that anyone can compute: what they say of a slider must be what they say of the rule's own factor.
"""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
import torch

from studio import paths
from studio.engine.datasets import shanshui
from studio.engine.evaluation import sliders
from studio.engine.evaluation.judge import SIZE, agreement, load_judge, sized
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel
from studio.filters.kind import finished
from tests.engine.pixel_measures import MEASURES

SEEDS = tuple(range(24))
AMOUNT = 2.0
NAMES = shanshui.SLIDERS
FOLDER = paths.embedded_models() / "shanshui-gan"
JUDGE = paths.resources().parent / "tests" / "engine" / "judge.safetensors"


@pytest.fixture(scope="module")
def told() -> sliders.Responses:
    return sliders.read(FOLDER / sliders.FILE)


@pytest.fixture(scope="module")
def model() -> GanModel:
    return load_generator(FOLDER / "model.safetensors")


@pytest.fixture(scope="module")
def painted(model: GanModel) -> torch.Tensor:
    """[9, 24, 3, 64, 64] in 0…1: the model's pictures as they are, then with one slider after the other at +2."""
    z = model.latents(SEEDS)
    moved = [{}, *({name: AMOUNT} for name in NAMES)]
    made = [sized(model.render(model.styles(z, move, 1.0), enlarged=False)) for move in moved]
    return torch.stack(made).clamp(-1, 1) / 2 + 0.5


@pytest.fixture(scope="module")
def ruled() -> torch.Tensor:
    """The same of the rule: its own factors, one after the other, moved by 2 standard deviations."""
    z = shanshui.latents(SEEDS)
    made = [shanshui.paint(z, SIZE)]
    made += [shanshui.paint(z + AMOUNT * torch.eye(z.shape[1])[row], SIZE) for row in range(len(NAMES))]
    return torch.stack(made)


# --- what was measured ------------------------------------------------------------------------------------------------


def test_what_was_measured_belongs_to_the_shipped_weights(told: sliders.Responses) -> None:
    assert told.weights == sliders.digest_of_tensors(FOLDER / "model.safetensors"), (
        f"the model is another one: measure its sliders again with {sliders.__name__}.tell and write"
    )
    assert told.judge == sliders.digest_of_tensors(JUDGE)


def test_the_eight_names_hold_on_200_seeds(told: sliders.Responses, model: GanModel) -> None:
    assert told.sliders == NAMES == tuple(slider.name for slider in model.card.sliders) and len(NAMES) == 8
    assert (told.seeds, told.amount) == (200, 2.0)
    change = np.array(told.change)
    assert change.shape == (8, 8)
    assert change.diagonal().min() >= 1.0
    assert np.abs(change - np.diag(change.diagonal())).max() <= 0.35
    assert told.untrue() == () and "NOT TRUE" not in told.table()


def test_a_name_that_does_not_hold_is_told(told: sliders.Responses) -> None:
    rows = list(told.change)
    rows[0], rows[1] = rows[1], rows[0]
    weak = (*rows[2][:2], 0.99, *rows[2][3:])
    changed = msgspec.structs.replace(told, change=(rows[0], rows[1], weak, *rows[3:]))
    assert changed.untrue() == ("mist", "height", "peak")
    leaking = (told.change[0][0], 0.36, *told.change[0][2:])
    assert msgspec.structs.replace(told, change=(leaking, *told.change[1:])).untrue() == ("mist",)


def test_the_judge_reads_rule_made_pictures_that_it_has_not_seen(told: sliders.Responses) -> None:
    read = agreement(load_judge(JUDGE), 100)
    assert min(read.values()) > 0.8, read
    assert set(told.correlation) == set(NAMES) and min(told.correlation.values()) > 0.85


def test_the_judge_finds_the_same_on_a_few_seeds(painted: torch.Tensor, told: sliders.Responses) -> None:
    """On 24 seeds a mean change strays; the full 200 are measured with --long."""
    judge = load_judge(JUDGE)
    said = torch.stack([judge(pictures * 2 - 1) for pictures in painted])
    change = (said[1:] - said[0]).mean(1).numpy()
    assert change.diagonal().min() >= 0.8
    assert np.abs(change - np.diag(change.diagonal())).max() <= 0.35
    assert np.abs(change - np.array(told.change)).max() <= 0.6


@pytest.mark.slow
def test_the_whole_table_is_found_again(told: sliders.Responses, model: GanModel) -> None:
    """On two free cores in a minute."""
    judge = load_judge(JUDGE)
    change = finished(sliders.responses(model, judge, count=told.seeds, amount=told.amount))
    np.testing.assert_allclose(change.numpy(), np.array(told.change), atol=0.02)
    read = agreement(judge)
    assert all(abs(read[name] - told.correlation[name]) < 0.02 for name in NAMES)


# --- what the pixels say ----------------------------------------------------------------------------------------------


def changes(pictures: torch.Tensor) -> np.ndarray:
    """[sliders, pictures, measures]: what each slider changes of each measure, in its standard deviation over the pictures."""
    planes = pictures.permute(0, 1, 3, 4, 2).numpy()
    values = np.stack(
        [np.stack([MEASURES[name](batch) for name in NAMES], 1) for batch in planes.astype(np.float64)]
    )
    return (values[1:] - values[0]) / values[0].std(0)


def faults(found: np.ndarray, wanted: np.ndarray) -> list[str]:
    """The names that the pixels speak against, each with the reason; ``found`` and ``wanted`` as of ``changes``."""
    rows, true_rows = found.mean(1), wanted.mean(1)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    likeness = unit @ (true_rows / np.linalg.norm(true_rows, axis=1, keepdims=True)).T
    result = []
    for index, name in enumerate(NAMES):
        own, wanted_own = rows[index, index], true_rows[index, index]
        if (found[index, :, index] > 0).mean() < 0.7:
            result.append(f"{name}: the other way on too many pictures")
        if not 0.5 < own / wanted_own < 2:
            result.append(f"{name}: {own:+.2f} where the rule's factor gives {wanted_own:+.2f}")
        if likeness[index].argmax() != index or likeness[index, index] < 0.7:
            result.append(f"{name}: acts like {NAMES[likeness[index].argmax()]}")
    return result


def test_each_measure_tells_its_factor_on_rule_made_pictures(ruled: torch.Tensor) -> None:
    found = changes(ruled)
    for index, name in enumerate(NAMES):
        own = found[index, :, index]
        assert (own > 0).mean() > 0.75, name
        assert own.mean() > 3 * own.std() / len(SEEDS) ** 0.5, name
    assert faults(found, found) == []


def test_each_slider_changes_the_pixels_as_the_rules_factor_does(
    painted: torch.Tensor, ruled: torch.Tensor
) -> None:
    assert faults(changes(painted), changes(ruled)) == []


def test_exchanged_and_turned_directions_are_found(painted: torch.Tensor, ruled: torch.Tensor) -> None:
    found, wanted = changes(painted), changes(ruled)
    for first in range(len(NAMES)):
        turned = found.copy()
        turned[first] *= -1
        assert any(fault.startswith(f"{NAMES[first]}:") for fault in faults(turned, wanted))
        for second in range(first):
            order = list(range(len(NAMES)))
            order[first], order[second] = second, first
            told = {fault.partition(":")[0] for fault in faults(found[order], wanted)}
            assert told == {NAMES[first], NAMES[second]}
