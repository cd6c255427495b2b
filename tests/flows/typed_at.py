"""A studio to type into from outside: asked by lines on its input, it answers what has the keyboard and what was typed.

``python tests/flows/typed_at.py`` opens the studio with one picture. Each line is a command; each gets one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit

from studio import app
from studio.document.layer import Text
from studio.settings import Settings
from studio.ui import input_method, language, theme
from studio.ui.panels.layer_view import LayerView
from studio.workspace.tools.text import TextSession


class Asked(QObject):
    """Lines of the standard input, on the thread of the window."""

    line = Signal(str)

    def listen(self) -> None:
        for line in sys.stdin:
            self.line.emit(line.strip())
        self.line.emit("quit")


class Answers:
    """Carries out a command and says how things are."""

    def __init__(self, application: QApplication, running: app.Running) -> None:
        self.application, self.running = application, running

    def __call__(self, command: str) -> None:
        if command == "quit":
            self.application.quit()
            return
        if command == "rename":
            view = self.running.window.docks.show_panel("layers").findChild(LayerView)
            assert view is not None
            view.setFocus(Qt.FocusReason.TabFocusReason)
            view.edit(view.currentIndex())
        self._tell()

    def _tell(self) -> None:
        focus = QApplication.focusWidget()
        field = focus if isinstance(focus, QLineEdit) else None
        window, active = self.running.window, QApplication.activeWindow()
        middle = window.canvas.mapToGlobal(QPoint(20, 20))
        session, active_layer = self.running.studio.painting.session, self.running.studio.layers.active
        state = {
            "tool": self.running.studio.painting.tool,
            "size": self.running.studio.painting.brush.size,
            "focus": type(focus).__name__ if focus is not None else "",
            "canvas": focus is window.canvas,
            "enabled": bool(focus and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)),
            "text": field.text() if field is not None else "",
            "active": active is not None,
            "palette": type(QApplication.activePopupWidget()).__name__,
            "layer": self.running.studio.layers.active.name if self.running.studio.layers.active else "",
            "canvas_at": [middle.x(), middle.y()],
            "middle": window.canvas.mapToGlobal(window.canvas.rect().center()).toTuple(),
            "typed": session.typing.text if isinstance(session, TextSession) else None,
            "composed": session.typing.preedit if isinstance(session, TextSession) else "",
            "words": active_layer.text if isinstance(active_layer, Text) else "",
            "steps": len(self.running.studio.current.document.history),
        }
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()


def main() -> int:
    input_method.choose(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    application = QApplication(sys.argv[:1])
    settings = Settings(language="en", theme="dark")
    theme.wear(application, "dark", language.speak(application, "en"))
    running = app.Running(application, settings, with_engine=False)
    answers, asked = Answers(application, running), Asked()
    asked.line.connect(answers)
    running.window.show()
    running.studio.new_picture(600, 400)
    running.window.activateWindow()
    running.window.canvas.setFocus()
    threading.Thread(target=asked.listen, name="asked", daemon=True).start()
    application.exec()
    running.close()
    running.window.deleteLater()
    return 0


if __name__ == "__main__":
    os._exit(main())
