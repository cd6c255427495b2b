"""What the checkout carries: icons, licences, sizes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    f"{SVG}{name}" for name in ("path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "g")
}
OURS = "Danqing, Apache-2.0"
PAINTERS = (
    "smudge dodge burn layer-mask clipping alpha-lock gradient warp perspective symmetry panorama noise tile ink-brush "
    "soft-brush filter-layer fill-layer generated-layer paint-layer checkerboard pass-through"
).split()


@pytest.mark.parametrize("file", sorted(ICONS.glob("*.svg")), ids=lambda file: file.stem)
def test_an_icon_is_a_plain_stroke_drawing_on_the_grid(file: Path):
    drawing = ElementTree.parse(file).getroot()
    assert drawing.tag == f"{SVG}svg"
    assert drawing.attrib["viewBox"] == "0 0 24 24"
    assert drawing.attrib["stroke"] == "currentColor"
    assert drawing.attrib["stroke-width"] == "2"
    assert drawing.attrib["fill"] == "none"
    parts = list(drawing.iter())[1:]
    assert parts
    assert {part.tag for part in parts} <= SHAPES
    for part in parts:
        assert not any(name.startswith("on") or "href" in name for name in part.attrib)
        assert part.attrib.get("fill", "none") in ("none", "currentColor")


@pytest.mark.parametrize("name", PAINTERS)
def test_the_painters_icons_are_our_own(name: str):
    assert OURS in (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def test_every_other_icon_names_its_licence_and_the_licence_is_there():
    for file in ICONS.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert OURS in text or "@license lucide-static" in text, file.name
    licence = (ICONS / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "Cole Bemis" in licence


def test_every_icon_draws_something(qapp):
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage

    for file in ICONS.glob("*.svg"):
        data = file.read_bytes().replace(b"currentColor", b"#000000")
        image = QImage.fromData(QByteArray(data))
        assert not image.isNull(), file.name
        drawn = bytes(image.convertToFormat(QImage.Format.Format_Alpha8).constBits())
        assert sum(value > 128 for value in drawn) > 8, file.name


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def test_tracked_files_stay_small():
    assert sum(file.stat().st_size for file in tracked_files()) < 60 * 2**20
    models = ROOT / "resources" / "models"
    assert sum(file.stat().st_size for file in models.rglob("*") if file.is_file()) <= 44 * 2**20


def test_packaging_does_not_shadow_the_library_of_that_name():
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "studio/README.md"])
def test_links_between_the_pages_lead_somewhere(name: str):
    page = ROOT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_both_readmes_show_the_same_commands():
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    for command in ("python3 packaging/dev.py run", "python3 packaging/dev.py test"):
        assert command in english
        assert command in chinese
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
