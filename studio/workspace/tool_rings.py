"""What a tool's key takes when it is pressed once more: the next of its family, round and round."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from studio.workspace.shortcuts import Keys
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.registry import ALL, KINDS

SHIFTED = re.compile(r"Shift\+.\Z")
PLAIN = re.compile(r".\Z")


class Rings(msgspec.Struct, frozen=True):
    """``keys``: action id → key sequences in force. ``by_shift``: only a key with Shift goes round, as in Photoshop, where
    a hand presses a tool's key to be sure of the tool; elsewhere any key of a tool does, with Shift or without."""

    keys: Mapping[str, Keys]
    by_shift: bool = False

    def ring(self, tool: str) -> tuple[str, ...]:
        """The tools that the key of ``tool`` goes through, ``tool`` itself first.

        Those of its family that have no letter of their own; never a tool for one job (a transform) beside one that
        stays in the hand, nor one that changes the picture beside the hand that moves the view.
        """
        kind = KINDS[tool]
        members = [one for one in ALL if one.family == kind.family]
        first = next((one for one in members if self._letter(one)), members[0])
        found = [
            one.name for one in members if one is first or (not self._letter(one) and _alike(one, first))
        ]
        if tool not in found:
            return (tool,)
        at = found.index(tool)
        return (*found[at:], *found[:at])

    def taken(self, key: str, tool: str, hand: str, last: tuple[str, str] | None = None) -> str:
        """The tool that ``key``, which is that of ``tool``, takes with ``hand`` in the hand.

        ``last``: (tool whose key was pressed last, tool that it took); it goes on from there while nothing else was taken.
        """
        ring = self.ring(tool)
        again = hand == tool or last == (tool, hand)
        if hand not in ring or not again or not self._goes_round(key):
            return tool
        return ring[(ring.index(hand) + 1) % len(ring)]

    def again(self, hand: str) -> tuple[str, str] | None:
        """(key, tool): a key that takes another tool of the family than the one in the hand; None where there is none."""
        owners = self.ring(hand) if self.by_shift else (hand,)
        for tool in owners:
            for key in self.keys.get(f"tool-{tool}", ()):
                if self._goes_round(key) and (taken := self.taken(key, tool, hand)) != hand:
                    return key, taken
        return None

    def _letter(self, kind: ToolKind) -> bool:
        return any(PLAIN.match(key) for key in self.keys.get(f"tool-{kind.name}", ()))

    def _goes_round(self, key: str) -> bool:
        return bool(SHIFTED.match(key) or (not self.by_shift and PLAIN.match(key)))


def _alike(one: ToolKind, other: ToolKind) -> bool:
    return (one.view, one.open_at_once and not one.stays) == (
        other.view,
        other.open_at_once and not other.stays,
    )
