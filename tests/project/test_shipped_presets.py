"""Presets that come with Danqing: each is allowed by its filter, does something, and has a name in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.project.shipped_presets import every, values_of
from tests.filters.case import CANVAS, picture

NAMES = sorted(every())


def test_a_dozen_filters_have_a_handful() -> None:
    assert len(NAMES) >= 12
    assert all(3 <= len(presets) <= 8 for presets in every().values())


@pytest.mark.parametrize("name", NAMES)
def test_each_preset_is_allowed_and_does_something_of_its_own(name: str) -> None:
    kind = FILTERS[name]
    declared = {one.name: one for one in recipe.parameters(kind.parameters)}
    results = [kind.apply(picture(), kind.parameters(), canvas=CANVAS), picture()]
    for preset in every()[name]:
        values = values_of(kind, preset)
        for parameter, value in preset.parameters.items():
            assert declared[parameter].counts(values), f"{parameter} does nothing in {preset.title}"
            assert not isinstance(value, str) or value != declared[parameter].default
        results.append(kind.apply(picture(), values, canvas=CANVAS))
    for index, one in enumerate(results):
        for other in results[:index]:
            # an exposure of 0, a straight curve: some filters begin by changing nothing
            assert index < 2 or np.abs(one - other).max() > 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_each_preset_has_a_name_in_both_languages(name: str) -> None:
    presets = every()[name]
    for titles in ([one.title_in("en") for one in presets], [one.title_in("zh_CN") for one in presets]):
        assert len(set(titles)) == len(titles)
        assert all(title == title.strip() and 1 < len(title) <= 32 for title in titles)
    assert all(one.title.isascii() for one in presets)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in one.title_zh) for one in presets)
