"""Declared parameters: what panels see, what is refused, what identifies a recipe."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio import recipe
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, declare


class Grain(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=1.0, soft_high=0.3, step=0.01, unit="%"
        ),
    ] = 0.1
    radius: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Radius"), low=1, high=64, unit="px")] = 3
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, seed=True)] = 0
    channels: Literal["shared", "per-channel"] = "shared"
    tiling: bool = False


def test_parameters_tell_all_that_a_panel_needs() -> None:
    found = {parameter.name: parameter for parameter in recipe.parameters(Grain)}
    assert list(found) == ["sigma", "radius", "seed", "channels", "tiling"]
    assert [one.kind for one in found.values()] == ["float", "integer", "seed", "choice", "switch"]
    sigma = found["sigma"]
    assert (sigma.low, sigma.high, sigma.soft_high, sigma.step) == (0.0, 1.0, 0.3, 0.01)
    assert (sigma.unit, sigma.title, sigma.default) == ("%", "Strength", 0.1)
    assert found["channels"].choices == ("shared", "per-channel")


class Dots(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["flat", "dots", "lines"] = "flat"
    size: Annotated[float, declare("Size", low=1.0, when={"kind": ("dots", "lines"), "shown": (True,)})] = 2.0
    shown: bool = True


def test_a_parameter_counts_only_where_its_declaration_says_so() -> None:
    kind, size, shown = recipe.parameters(Dots)
    assert size.when == (("kind", ("dots", "lines")), ("shown", (True,)))
    assert [size.counts(Dots(kind=one)) for one in kind.choices] == [False, True, True]
    assert not size.counts(Dots(kind="dots", shown=False))
    assert kind.counts(Dots()) and shown.counts(Dots())
    assert size.counts(Grain())  # conditions on what a struct does not have hold


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"sigma": 1.5}, "sigma"),
        ({"radius": 0}, "radius"),
        ({"seed": -1}, "seed"),
        ({"sigma": float("nan")}, "sigma"),
    ],
)
def test_values_outside_the_declaration_are_refused_by_name(fields: dict, named: str) -> None:
    with pytest.raises(RecipeError, match=named):
        recipe.check(Grain(**fields))


@given(sigma=st.floats(0, 1), radius=st.integers(1, 64), seed=st.integers(0, 2**63 - 1), tiling=st.booleans())
def test_values_inside_the_declaration_pass_and_come_back(
    sigma: float, radius: int, seed: int, tiling: bool
) -> None:
    value = Grain(sigma=sigma, radius=radius, seed=seed, tiling=tiling)
    assert recipe.check(value) == value
    stored = recipe.store("grain", 1, value)
    again = msgspec.json.decode(msgspec.json.encode(stored), type=recipe.Stored)
    assert recipe.from_plain(Grain, again.parameters) == value
    assert recipe.digest(again) == recipe.digest(stored)


def test_command_line_texts() -> None:
    value = recipe.from_text(
        Grain, {"sigma": "0.25", "radius": "7", "tiling": "yes", "channels": "per-channel"}
    )
    assert value == Grain(sigma=0.25, radius=7, tiling=True, channels="per-channel")


@pytest.mark.parametrize(
    "texts",
    [
        {"sigma": "much"},
        {"sigma": "inf"},
        {"radius": "1.5"},
        {"tiling": "perhaps"},
        {"channels": "x"},
        {"size": "1"},
    ],
)
def test_command_line_texts_that_mean_nothing_are_refused(texts: dict[str, str]) -> None:
    with pytest.raises(RecipeError, match=next(iter(texts))) as caught:
        recipe.from_text(Grain, texts)
    assert str(caught.value)


def test_the_digest_tells_values_and_versions_apart() -> None:
    digests = {
        recipe.digest(recipe.store("grain", 1, Grain())),
        recipe.digest(recipe.store("grain", 2, Grain())),
        recipe.digest(recipe.store("grains", 1, Grain())),
        recipe.digest(recipe.store("grain", 1, Grain(sigma=0.2))),
    }
    assert len(digests) == 4
    assert recipe.store("grain", 1, Grain()).key == "grain@1"
    # written into files and caches: the same on every machine and in every version
    assert recipe.digest(recipe.store("grain", 1, Grain())) == "013783ae6ab432d2056e70f14caa892b"


def test_marked_text_is_unchanged() -> None:
    assert QT_TRANSLATE_NOOP("recipe", "Strength") == "Strength"


class Tinted(msgspec.Struct, frozen=True, kw_only=True):
    tint: Annotated[recipe.Colour, declare("Tint")] = (0.0, 0.5, 1.0)


def test_a_colour_is_a_parameter() -> None:
    (tint,) = recipe.parameters(Tinted)
    assert (tint.kind, tint.default) == ("colour", (0.0, 0.5, 1.0))
    assert recipe.from_text(Tinted, {"tint": "#ff0000"}) == Tinted(tint=(1.0, 0.0, 0.0))
    assert recipe.from_plain(Tinted, {"tint": [1, 0, 0]}) == Tinted(tint=(1.0, 0.0, 0.0))
    with pytest.raises(recipe.RecipeError, match="#rrggbb"):
        recipe.from_text(Tinted, {"tint": "red"})
    with pytest.raises(recipe.RecipeError, match="tint"):
        recipe.check(Tinted(tint=(0.0, float("nan"), 0.0)))


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    ramp: Annotated[recipe.Stops, msgspec.Meta(min_length=1, title="Ramp")] = ((0.0, 0.0, 0.0, 0.0, 1.0),)


def test_stops_of_a_gradient_are_a_kind_of_parameter():
    (parameter,) = recipe.parameters(Graded)
    assert parameter.kind == "gradient" and parameter.title == "Ramp"
    read = recipe.from_text(Graded, {"ramp": "#000000,0.25:#ff0000,#ffffff"})
    assert [stop[0] for stop in read.ramp] == [0.0, 0.25, 1.0]
    assert read.ramp[1][1:] == (1.0, 0.0, 0.0, 1.0)
    for bad in ("", "#000000,x:#ffffff", "2:#ffffff"):
        with pytest.raises(recipe.RecipeError):
            recipe.from_text(Graded, {"ramp": bad})
    with pytest.raises(recipe.RecipeError):
        recipe.check(Graded(ramp=((0.0, 0.0, 0.0, 0.0, float("nan")),)))


class Bent(msgspec.Struct, frozen=True, kw_only=True):
    tones: Annotated[recipe.Curve, declare("Tones")] = recipe.STRAIGHT


def test_a_curve_is_a_kind_of_parameter():
    (parameter,) = recipe.parameters(Bent)
    assert parameter.kind == "curve" and parameter.default == ((0.0, 0.0), (1.0, 1.0))
    read = recipe.from_text(Bent, {"tones": "0,0 0.3,0.2 1,1"})
    assert read == Bent(tones=((0.0, 0.0), (0.3, 0.2), (1.0, 1.0)))
    assert recipe.curve_text(read.tones) == "0,0 0.3,0.2 1,1"
    assert recipe.from_plain(Bent, {"tones": [[0, 1], [1, 0]]}) == Bent(tones=((0.0, 1.0), (1.0, 0.0)))
    for bad in ("", "0", "0,0 x,1", "0,0,0 1,1", "0,nan 1,1", "0,0 2,1"):
        with pytest.raises(recipe.RecipeError, match="tones"):
            recipe.from_text(Bent, {"tones": bad})
    with pytest.raises(recipe.RecipeError, match="tones"):
        recipe.check(Bent(tones=((0.0, float("nan")), (1.0, 1.0))))


def shouted(name: str, data: bytes) -> str:
    if not data:
        raise recipe.RecipeError("{file} is empty", file=name)
    return data.decode().upper()


class Quoting(msgspec.Struct, frozen=True, kw_only=True):
    words: Annotated[recipe.Attached, declare("Words", endings=(".txt",), reader=shouted)] = recipe.Attached()


def test_what_stands_in_a_file_is_a_kind_of_parameter(tmp_path: Path):
    (parameter,) = recipe.parameters(Quoting)
    assert (parameter.kind, parameter.endings) == ("file", (".txt",))
    path = tmp_path / "poem.txt"
    path.write_text("moon")
    read = recipe.from_text(Quoting, {"words": str(path)})
    assert read == Quoting(words=recipe.Attached(name="poem.txt", content="MOON"))
    path.unlink()
    assert recipe.from_plain(Quoting, recipe.store("q", 1, read).parameters) == read
    with pytest.raises(recipe.RecipeError, match=r"poem\.txt"):
        recipe.from_text(Quoting, {"words": str(path)})
    path.write_text("")
    with pytest.raises(recipe.RecipeError, match=r"poem\.txt is empty"):
        recipe.from_text(Quoting, {"words": str(path)})
    path.write_bytes(b" " * (recipe.LARGEST_FILE + 1))
    with pytest.raises(recipe.RecipeError, match="too large"):
        recipe.from_text(Quoting, {"words": str(path)})


def test_only_one_thread_at_a_time_lets_msgspec_look_at_a_kind(monkeypatch: pytest.MonkeyPatch):
    """Two would end the process; see :func:`recipe.described`."""
    looking, most = 0, 0
    together = threading.Barrier(4)

    def look(kind: type) -> None:
        nonlocal looking, most
        looking += 1
        most = max(most, looking)
        time.sleep(0.01)
        looking -= 1

    class New(msgspec.Struct, frozen=True, kw_only=True):
        size: float = 0.0

    def read() -> None:
        together.wait()
        recipe.from_plain(New, {"size": 0.5})

    monkeypatch.setattr(msgspec.msgpack, "Decoder", look)
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    looked = len(recipe._described)
    recipe.from_plain(New, {"size": 0.5})
    assert New in recipe._described and len(recipe._described) == looked
