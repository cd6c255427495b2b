"""Are the names of the sliders true? Each is moved on many pictures and a judge measures all factors.

``python -m studio.engine.evaluation.sliders FOLDER JUDGE`` measures FOLDER/model.safetensors again and writes FOLDER/sliders.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_file

from studio.engine.evaluation.judge import Judge, agreement, load_judge, sized
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel

FILE = "sliders.json"
OWN, OTHERS = 1.0, 0.35
"""A name holds when its own factor moves by at least ``OWN`` standard deviations and every other by at most ``OTHERS``."""


class Responses(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sliders of one model move, as it stands in sliders.json beside the model.

    ``change`` [sliders, factors]: mean change of each judged factor, in standard deviations of the rule, when one slider goes
    from 0 to ``amount`` on ``seeds`` seeds; the factors are those of the sliders, in their order. ``correlation``: of what the
    judge reads with the truth, by factor, on rule-made pictures that it has not seen. ``weights`` and ``judge``:
    :func:`digest_of_tensors` of the model and of the judge that were measured.
    """

    sliders: tuple[str, ...]
    change: tuple[tuple[float, ...], ...]
    seeds: int
    amount: float
    correlation: dict[str, float]
    weights: str
    judge: str

    def untrue(self) -> tuple[str, ...]:
        """The sliders whose names do not hold."""
        return tuple(name for row, name in enumerate(self.sliders) if not holds(self.change[row], row))

    def table(self) -> str:
        """As text: a row per slider, then how well the judge reads."""
        read = "  ".join(f"{name} {value:.2f}" for name, value in self.correlation.items())
        return f"{table(self.sliders, self.change)}\njudge's correlation with the rule: {read}"


def tell(
    file: Path, judge_file: Path, *, seeds: int = 200, amount: float = 2.0
) -> Generator[None, None, Responses]:
    """Measures the model ``file`` with the judge and returns what :func:`write` writes beside it; yields after each slider.
    Raises OSError."""
    model, judge = load_generator(file), load_judge(judge_file)
    change = yield from responses(model, judge, count=seeds, amount=amount)
    return Responses(
        sliders=tuple(slider.name for slider in model.card.sliders),
        change=tuple(tuple(round(value, 4) for value in row) for row in change.tolist()),
        seeds=seeds,
        amount=amount,
        correlation={name: round(value, 4) for name, value in agreement(judge).items()},
        weights=digest_of_tensors(file),
        judge=digest_of_tensors(judge_file),
    )


def write(told: Responses, folder: Path) -> None:
    """``folder``/sliders.json. Raises OSError."""
    data = msgspec.json.format(msgspec.json.encode(told), indent=1)
    (folder / FILE).write_bytes(data + b"\n")


def read(path: Path) -> Responses:
    """What ``write`` wrote. Raises OSError or msgspec.DecodeError."""
    return msgspec.json.decode(path.read_bytes(), type=Responses)


def digest_of_tensors(path: Path) -> str:
    """SHA-256 of names, types, shapes and bytes of the tensors of a safetensors file: a changed card leaves it as it is."""
    digest = hashlib.sha256()
    for name, tensor in sorted(load_file(path).items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


@torch.no_grad()
def responses(
    model: GanModel, judge: Judge, *, count: int = 200, amount: float = 2.0, first_seed: int = 0
) -> Generator[None, None, torch.Tensor]:
    """Yields after each slider; returns [sliders, factors]: the mean change of each judged factor, in its standard deviations, when one slider goes
    from 0 to ``amount`` on ``count`` seeds at full variety."""
    z = model.latents(tuple(range(first_seed, first_seed + count)))
    before = _judged(model, judge, z)
    rows = []
    for direction in model.directions:
        rows.append((_judged(model, judge, z + amount * direction) - before).mean(0))
        yield
    return torch.stack(rows)


def _judged(model: GanModel, judge: Judge, z: torch.Tensor) -> torch.Tensor:
    parts = [judge(sized(model.generator(part).clamp(-1, 1))) for part in z.split(32)]
    return torch.cat(parts)


def holds(values: Sequence[float], own: int) -> bool:
    """Whether a slider that moves the factors by ``values`` has the name of factor ``own`` with right."""
    others = max((abs(value) for column, value in enumerate(values) if column != own), default=0.0)
    return values[own] >= OWN and others <= OTHERS


def table(names: Sequence[str], change: Sequence[Sequence[float]]) -> str:
    """``change`` as text: a row per slider, its own factor in brackets, then whether the name holds."""
    lines = ["slider    " + "".join(f"{name:>10}" for name in names)]
    for row, (name, values) in enumerate(zip(names, change, strict=True)):
        cells = [
            f"[{value:+.2f}]" if column == row else f"{value:+.2f}" for column, value in enumerate(values)
        ]
        verdict = "  true" if holds(values, row) else "  NOT TRUE"
        lines.append(f"{name:10}" + "".join(f"{cell:>10}" for cell in cells) + verdict)
    return "\n".join(lines)
