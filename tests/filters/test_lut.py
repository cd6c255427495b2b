"""Colour tables: reading .cube files, keeping them, and looking colours up, against SciPy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

from studio import recipe
from studio.filters import FILTERS
from studio.filters.lut import Lut
from studio.raster import cube
from tests.filters.tones import colours, filtered


def text_of(function: Any, size: int = 17) -> str:
    """A .cube file of a function of colours [n, 3], red fastest."""
    axis = np.linspace(0, 1, size)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    rows = function(np.stack([red, green, blue], -1).reshape(-1, 3))
    lines = [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in rows]
    return "\n".join(['TITLE "a look"', "# made here", f"LUT_3D_SIZE {size}", "", *lines])


def kept(text: str) -> dict[str, str]:
    return {"name": "look.cube", "content": cube.packed(cube.read(text))}


def look(rgb: np.ndarray) -> np.ndarray:
    return np.stack(
        [rgb[:, 0] ** 0.8, 0.9 * rgb[:, 1] + 0.1 * rgb[:, 2], rgb[:, 2] * (1 - 0.3 * rgb[:, 0])], -1
    )


def test_trilinear_is_that_of_scipy() -> None:
    text = text_of(look)
    table = cube.read(text).table
    axis = np.linspace(0, 1, 17)
    rgb = colours()
    wanted = RegularGridInterpolator((axis, axis, axis), table)(rgb[..., ::-1])
    np.testing.assert_allclose(filtered("lut", rgb, lut=kept(text), between="trilinear"), wanted, atol=1e-5)


def by_hand(table: np.ndarray, rgb: np.ndarray) -> np.ndarray:
    """Tetrahedral interpolation of one colour, axis by axis."""
    place = rgb * (table.shape[0] - 1)
    corner = np.minimum(place.astype(int), table.shape[0] - 2)
    part = place - corner
    at, before, out = corner.copy(), 1.0, np.zeros(3)
    for axis in np.argsort(-part, kind="stable"):
        out += (before - part[axis]) * table[at[2], at[1], at[0]]
        before = part[axis]
        at[axis] += 1
    return out + before * table[at[2], at[1], at[0]]


def test_tetrahedral_of_single_colours() -> None:
    text = text_of(look, 5)
    table = cube.read(text).table.astype(float)
    rgb = colours(640)
    rgb[0, :4] = [[0.3, 0.3, 0.3], [1, 1, 1], [0, 0, 0], [0.6, 0.6, 0.2]]
    wanted = np.array([by_hand(table, one) for one in rgb.reshape(-1, 3).astype(float)]).reshape(rgb.shape)
    np.testing.assert_allclose(filtered("lut", rgb, lut=kept(text)), wanted, atol=1e-5)


@pytest.mark.parametrize("between", ["tetrahedral", "trilinear"])
def test_a_table_that_changes_nothing(between: str) -> None:
    rgb = colours(high=1.5) - 0.2
    got = filtered("lut", rgb, lut=kept(text_of(lambda one: one)), between=between)
    np.testing.assert_allclose(got, rgb, atol=2e-6)
    np.testing.assert_allclose(filtered("lut", rgb), rgb, atol=1e-6)


def test_one_dimension_domain_and_strength() -> None:
    text = "LUT_1D_SIZE 3\nDOMAIN_MIN -1 0 0\nDOMAIN_MAX 1 1 2\n0 0 0\n0.5 0.8 1\n1 1 4\n"
    got = filtered("lut", [0.5, 0.25, 1.5], lut=kept(text))
    np.testing.assert_allclose(got, [0.75, 0.4, 2.5], atol=1e-6)
    half = filtered("lut", [0.5, 0.25, 1.5], lut=kept(text), strength=0.5)
    np.testing.assert_allclose(half, [0.625, 0.325, 2.0], atol=1e-6)
    beyond = filtered("lut", [1.25, 0.25, 1.5], lut=kept(text))
    assert beyond[0] == pytest.approx(1.25)


def test_what_is_kept_is_the_table_and_short() -> None:
    text = text_of(look, 33)
    content = cube.packed(cube.read(text))
    np.testing.assert_array_equal(cube.unpacked(content).table, cube.read(text).table)
    assert len(content) < len(text) / 2
    assert " " in content and content.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "LUT_3D_SIZE 2\n0 0 0\n1 1 1\n",
        "LUT_3D_SIZE 1000\n",
        "LUT_3D_SIZE two\n",
        "LUT_1D_SIZE 2\n0 0\n1 1\n",
        "LUT_1D_SIZE 2\n0 0 0\n1 nan 1\n",
        "LUT_1D_SIZE 2\n0 0 0\n1 1 1x\n",
        "LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\n0 0 0\n1 1 1\n",
        "LUT_1D_SIZE 2\nDOMAIN_MAX 1\n0 0 0\n1 1 1\n",
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "看.cube"
    path.write_text(text)
    with pytest.raises(recipe.RecipeError, match=r"看\.cube"):
        recipe.from_text(Lut, {"lut": str(path)})


def test_the_command_line_takes_a_path(tmp_path: Path) -> None:
    path = tmp_path / "look.cube"
    path.write_text(text_of(look, 4), encoding="utf-8-sig")
    values = recipe.from_text(Lut, {"lut": str(path), "strength": "0.5"})
    assert values.lut.name == "look.cube"
    again = recipe.from_plain(Lut, recipe.store("lut", 1, values).parameters)
    assert again == values
    with pytest.raises(recipe.RecipeError, match=r"none\.cube"):
        recipe.from_text(Lut, {"lut": str(tmp_path / "none.cube")})
    assert recipe.from_text(Lut, {"lut": ""}) == Lut()


@pytest.mark.parametrize(
    "content", ["x", "3 2 0,0,0,1,1,1 !!", "3 2 0,0,0,1,1,1 00", "3 99999 0,0,0,1,1,1 00", "1 2 0,0 00"]
)
def test_a_damaged_table_in_a_recipe_is_refused(content: str) -> None:
    with pytest.raises(recipe.RecipeError):
        recipe.from_plain(Lut, {"lut": {"name": "a", "content": content}})


def test_the_parameter_says_what_files_it_takes() -> None:
    parameter = recipe.parameters(FILTERS["lut"].parameters)[0]
    assert (parameter.kind, parameter.endings) == ("file", (".cube",))
