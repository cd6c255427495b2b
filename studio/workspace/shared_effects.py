"""The effects of several layers side by side: what is alike in them, and what a change of one value means for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from studio.document import effects
from studio.recipe import Stored


class SharedEffect(msgspec.Struct, frozen=True):
    """One effect of several layers. ``shown``: its values as a form shows them, those of the first layer that has it.

    ``own``: its values in each layer, None where a layer lacks it.
    """

    shown: Any
    own: tuple[Any | None, ...]

    @property
    def enabled(self) -> bool | None:
        """Whether the layers show it; None where only some do."""
        states = {one is not None and one.enabled for one in self.own}
        return states.pop() if len(states) == 1 else None

    @property
    def mixed(self) -> tuple[str, ...]:
        """Names of the values that are not the same in all layers that have the effect."""
        present = [one for one in self.own if one is not None]
        names = (name for name in self.shown.__struct_fields__ if name != "enabled")
        return tuple(name for name in names if len({getattr(one, name) for one in present}) > 1)

    def changed(self, value: Any) -> SharedEffect:
        """What differs in ``value`` from what was shown is now so in all layers; the effect is shown in all of them."""
        moved = {
            name: getattr(value, name)
            for name in value.__struct_fields__
            if getattr(value, name) != getattr(self.shown, name)
        }
        moved["enabled"] = True
        shown = msgspec.structs.replace(value, enabled=True)
        own = tuple(shown if one is None else msgspec.structs.replace(one, **moved) for one in self.own)
        return SharedEffect(shown, own)

    def switched(self, on: bool) -> SharedEffect:
        """Shown, or not, in all layers; a layer that lacks it gets the values that are shown."""
        shown = msgspec.structs.replace(self.shown, enabled=on)
        own = tuple(
            (shown if on else None) if one is None else msgspec.structs.replace(one, enabled=on)
            for one in self.own
        )
        return SharedEffect(shown, own)


def listed(layers: Sequence[tuple[Stored, ...]]) -> list[SharedEffect]:
    """The effects of the layers, topmost first, with one of each kind that all of them lack, switched off.

    Of several of a kind the first of one layer stands beside the first of the others, and so on.
    """
    found: list[SharedEffect] = []
    for kind in reversed(tuple(effects.KINDS.values())):
        each = [_of_kind(stored, kind.parameters) for stored in layers]
        for place in range(max(1, *(len(values) for values in each))):
            own = tuple(values[place] if place < len(values) else None for values in each)
            shown = next((one for one in own if one is not None), kind.parameters(enabled=False))
            found.append(SharedEffect(shown, own))
    return found


def _of_kind(stored: tuple[Stored, ...], kind: type) -> list[Any]:
    return [value for one in stored if isinstance(value := effects.parameters(one), kind)]


def wanted(table: Sequence[SharedEffect], before: Sequence[tuple[Stored, ...]]) -> list[tuple[Stored, ...]]:
    """The effects as each layer will keep them: without those that say nothing, never switched on nor changed.

    Those that this version does not know stay with their layers.
    """
    result = []
    for number, stored in enumerate(before):
        unknown = [one for one in stored if effects.parameters(one) is None]
        own = (shared.own[number] for shared in table)
        kept = [effects.store(one) for one in own if one is not None and one != type(one)(enabled=False)]
        result.append(effects.ordered((*kept, *unknown)))
    return result
