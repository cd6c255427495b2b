"""The Image menu."""

from __future__ import annotations

from studio.workspace.actions.kind import Action

ACTIONS: tuple[Action, ...] = ()
