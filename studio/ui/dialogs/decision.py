"""A decision that can lose work: what would be lost, and buttons that are verbs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.frame import Frame


class DecisionDialog(Frame):
    """Asks one question. ``verbs`` are (words, what it does), the first is the one that loses nothing or can be undone."""

    def __init__(
        self,
        title: str,
        sentence: str,
        verbs: tuple[tuple[str, Callable[[], object]], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.add_sentence(sentence, quiet=False)
        self.add_cancel()
        for index, (words, call) in reversed(list(enumerate(verbs))):
            self.add_verb(words, lambda call=call: self._decide(call), main=index == 0)

    def _decide(self, call: Callable[[], object]) -> None:
        self.accept()
        call()
