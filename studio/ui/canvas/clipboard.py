"""Cut, copy and paste of words between a session that takes text and the clipboard."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from studio.workspace.tools.session import Session


def clipboard_key(session: Session, key: str, modifiers: frozenset[str]) -> bool:
    """Carries out Ctrl+C, X and V (and their older forms with Insert); True when it was one."""
    command = _command(key, modifiers)
    if not session.takes_text or not command:
        return False
    board = QGuiApplication.clipboard()
    if command == "paste":
        words = board.text()
        if words:
            session.replace_selection(words)
        return True
    words = session.selected_text()
    if words:
        board.setText(words)
        if command == "cut":
            session.replace_selection("")
    return True


def _command(key: str, modifiers: frozenset[str]) -> str:
    if modifiers == {"control"}:
        return {"c": "copy", "x": "cut", "v": "paste", "insert": "copy"}.get(key, "")
    if modifiers == {"shift"}:
        return {"insert": "paste", "delete": "cut"}.get(key, "")
    return ""
