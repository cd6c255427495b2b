"""Settings survive their round trip, other versions and broken files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio import settings
from studio.settings import Settings, SettingsError, load, save


def test_round_trip_keeps_every_value(tmp_path: Path) -> None:
    path = tmp_path / "中文 🎨" / "settings.json"
    chosen = Settings(
        language="zh_CN",
        theme="light",
        surround="#777777",
        recent=("/画/山.png",),
        shortcuts={"undo": ("Ctrl+Z", "Alt+Backspace")},
        history_budget=1 << 28,
        layouts={"paint": b"\x00\xff\x01"},
        geometry=b"\x00\x01",
    )
    save(chosen, path)
    loaded = load(path)
    assert loaded.settings == chosen
    assert loaded.message is None
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]


def test_the_usual_place_is_the_configuration_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANQING_HOME", str(tmp_path))
    save(Settings(theme="contrast"))
    assert (tmp_path / "config" / "settings.json").is_file()
    assert load().settings.theme == "contrast"


def test_no_file_is_the_defaults_without_a_message(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == (Settings(), None)


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b"null"])
def test_a_broken_file_is_kept_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    for name in ("settings.json.broken", "settings.json.broken-2"):
        path.write_bytes(data)
        found, message = load(path)
        assert found == Settings()
        assert message is not None
        assert message.text == settings.BROKEN
        assert message.arguments["file"] == str(tmp_path / name)
        assert (tmp_path / name).read_bytes() == data
        assert not path.exists()


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    found, message = load(path)
    assert found == Settings()
    assert message is not None
    assert message.arguments["file"] == str(path)


def test_unknown_keys_are_written_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "theme": "dark", "tomorrow": {"a": [1]}}), "utf-8")
    found, message = load(path)
    assert message is None
    save(found.with_(theme="light"), path)
    plain = json.loads(path.read_text("utf-8"))
    assert plain["tomorrow"] == {"a": [1]}
    assert plain["theme"] == "light"
    assert "unknown" not in plain


def test_one_bad_value_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps({"theme": "pink", "language": "en", "history_budget": -1, "geometry": "§"}), "utf-8"
    )
    found = load(path).settings
    assert (found.theme, found.language, found.history_budget) == ("system", "en", Settings().history_budget)
    assert found.unknown == {}


def test_a_newer_version_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 99, "language": "en"}), "utf-8")
    found, message = load(path)
    assert (found.language, found.version) == ("en", 99)
    assert message is not None
    assert message.text == settings.NEWER


def test_migrations_run_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VERSION", 3)
    monkeypatch.setitem(settings.MIGRATIONS, 1, lambda plain: plain | {"theme": plain["skin"]})
    monkeypatch.setitem(settings.MIGRATIONS, 2, lambda plain: plain | {"language": "en"})
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "skin": "light"}), "utf-8")
    found = load(path).settings
    assert (found.theme, found.language, found.version) == ("light", "en", 3)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save(Settings(theme="dark"), path)

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(Settings(theme="light"), path)
    assert load(path).settings.theme == "dark"
    assert [item.name for item in tmp_path.iterdir()] == ["settings.json"]


def test_values_outside_their_range_are_refused() -> None:
    with pytest.raises(SettingsError, match="theme"):
        Settings().with_(theme="pink")
    with pytest.raises(SettingsError, match="surround"):
        Settings().with_(surround="red")


def test_recent_pictures_latest_first_without_doubles(tmp_path: Path) -> None:
    found = Settings()
    for number in range(25):
        found = found.with_recent(tmp_path / f"{number}.png")
    found = found.with_recent(tmp_path / "20.png")
    assert len(found.recent) == settings.RECENT
    assert found.recent[:2] == (str(tmp_path / "20.png"), str(tmp_path / "24.png"))
    assert len(set(found.recent)) == settings.RECENT
