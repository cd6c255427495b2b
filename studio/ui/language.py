"""Language of the window: switched while it is open, spoken from the same catalogue as the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from studio import translation


class Catalogue(QTranslator):
    """Answers Qt from the ``.ts`` catalogue of one language."""

    def __init__(self, language: str, parent: QCoreApplication | None = None) -> None:
        super().__init__(parent)
        self.entries = translation.catalogue(language)

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:  # type: ignore[override]
        return self.entries.get(context, {}).get(source)  # type: ignore[return-value] - "" would be taken as found


def speak(application: QApplication, setting: str) -> str:
    """Makes the application speak the language of ``setting`` (``system`` or a name); returns the language.

    Every widget gets ``LanguageChange`` and writes its texts again.
    """
    language = translation.chosen(setting)
    application.setProperty("language", language)  # before Qt announces the change
    for old in application.findChildren(QTranslator, "danqing"):
        application.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(language))
    own = QTranslator(application)
    if language != "en" and own.load(
        f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        own.setObjectName("danqing")
        application.installTranslator(own)
    if language != "en":
        words = Catalogue(language, application)
        words.setObjectName("danqing")
        application.installTranslator(words)
    return language


def spoken() -> str:
    """The language that the window speaks now."""
    application = QCoreApplication.instance()
    return (application.property("language") if application else None) or "en"


def joined(sentences: Iterable[str]) -> str:
    """Sentences behind each other, without empty ones: with a space between them, in Chinese without one."""
    return ("" if spoken().startswith("zh") else " ").join(filter(None, sentences))


class Retranslated:
    """Mixed into a widget (before its Qt class): calls ``retranslate`` when the language and ``redress`` when the theme changes."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)  # type: ignore[misc]
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self.retranslate()
        elif kind in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.redress()

    def retranslate(self) -> None:
        """Writes all texts again; widgets with texts of their own override it."""

    def redress(self) -> None:
        """Takes the theme's colours again; widgets that keep pictures of them override it."""
        update: Any = getattr(self, "update", None)
        if update is not None:
            update()
