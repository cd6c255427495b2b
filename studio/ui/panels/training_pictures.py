"""The Training pictures panel: what the doctor found at the left, the contact sheet at the right; one click mends or leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from studio.messages.data import KINDS, LONELY, MENDED, ONE, SENTENCES, UNUSABLE, Kind
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.cards import EmptyState, ScrollPage, separator
from studio.ui.widgets.contact_sheet import CELL, ContactSheet
from studio.ui.widgets.mirror_pair import MirrorPair
from studio.ui.widgets.rows import ChoiceRow, SwitchRow
from studio.ui.widgets.sample_view import SampleView
from studio.workspace.studio import Studio

COLUMN, NARROWEST = 380, 240
WIDEST = (1 << 24) - 1
"""Qt's word for no limit."""
FIXES: dict[Kind, str] = {"border": "trim", "skew": "straighten", "paper": "even_paper"}
"""From a finding to the decision that mends it."""
POLICIES = {
    "centre": QT_TRANSLATE_NOOP("TrainingPictures", "the middle square"),
    "detail": QT_TRANSLATE_NOOP("TrainingPictures", "where most detail is"),
    "windows": QT_TRANSLATE_NOOP("TrainingPictures", "windows along the long side"),
    "pad": QT_TRANSLATE_NOOP("TrainingPictures", "all, on its paper"),
}
FOLDER = "folder"
SHARES = {
    "0": QT_TRANSLATE_NOOP("TrainingPictures", "nothing"),
    "0.1": QT_TRANSLATE_NOOP("TrainingPictures", "one picture in ten"),
    "0.2": QT_TRANSLATE_NOOP("TrainingPictures", "one picture in five"),
}
"""Parts of each class that are held out."""
PALETTES = (3, 4, 6, 8, 12)
"""How many palettes can be chosen."""
SHORT: dict[Kind, str] = {
    "undecodable": QT_TRANSLATE_NOOP("TrainingPictures", "cannot be read"),
    "too_large": QT_TRANSLATE_NOOP("TrainingPictures", "too large"),
    "leak": QT_TRANSLATE_NOOP("TrainingPictures", "also a test picture"),
    "duplicate": QT_TRANSLATE_NOOP("TrainingPictures", "copies"),
    "near_duplicate": QT_TRANSLATE_NOOP("TrainingPictures", "almost alike"),
    "blank": QT_TRANSLATE_NOOP("TrainingPictures", "empty"),
    "small": QT_TRANSLATE_NOOP("TrainingPictures", "small"),
    "extreme": QT_TRANSLATE_NOOP("TrainingPictures", "very long"),
    "border": QT_TRANSLATE_NOOP("TrainingPictures", "border"),
    "skew": QT_TRANSLATE_NOOP("TrainingPictures", "askew"),
    "paper": QT_TRANSLATE_NOOP("TrainingPictures", "paper tone"),
    "seal": QT_TRANSLATE_NOOP("TrainingPictures", "red seal"),
}


class FindingRow(QWidget):
    """A sentence that wraps, and at its right what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.button = QLabel(), QPushButton()
        self.label.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addWidget(self.label, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def set_texts(self, sentence: str, verb: str) -> None:
        self.label.setText(sentence)
        self.button.setText(verb)
        self.button.setAccessibleName(f"{verb}: {sentence}")
        self.button.setVisible(bool(verb))


class TrainingPicturesPanel(Retranslated, QWidget):
    """Follows ``studio.training.pictures``; everything it does is a change of its decisions."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._pictures = studio, studio.training.pictures
        self._folder, self._lonely = "", 0
        self.page, self.sheet, self.empty = ScrollPage(), ContactSheet(), EmptyState()
        self.headline, self.promise, self.question = QLabel(), QLabel(), QLabel()
        self.stop = QPushButton()
        self.rows: dict[Kind, FindingRow] = {kind: FindingRow() for kind in KINDS}
        self.lonely = QLabel()
        self.policy, self.tests, self.show_only = ChoiceRow(" "), ChoiceRow(" "), ChoiceRow(" ")
        self.grey, self.classes = SwitchRow(), ChoiceRow(" ")
        self.mirrored, self.yes, self.no = MirrorPair(), QPushButton(), QPushButton()
        self.preview, self.preview_line, self.augmented = SampleView(), QLabel(), QPushButton()
        self._arrange()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    def _arrange(self) -> None:
        body = self.page.body
        head = QHBoxLayout()
        head.addWidget(self.headline, 1)
        head.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(head)
        for label in (self.headline, self.lonely, self.promise, self.question, self.preview_line):
            label.setWordWrap(True)
        for label in (self.promise, self.preview_line):
            label.setProperty("quiet", True)
        for row in (
            *self.rows.values(),
            self.lonely,
            separator(),
            self.policy,
            self.grey,
            self.classes,
            self.tests,
        ):
            body.addWidget(row)
        for widget in (
            self.preview_line, self.preview, self.augmented, separator(), self.question, self.mirrored,
        ):  # fmt: skip
            body.addWidget(widget)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for button in (self.yes, self.no):
            button.setCheckable(True)
            answers.addWidget(button)
        answers.addStretch(1)
        body.addSpacing(4)
        body.addLayout(answers)
        body.addStretch(1)
        self.page.foot.addWidget(self.promise)
        self.page.setFixedWidth(COLUMN)
        right = QVBoxLayout()
        right.setContentsMargins(8, 8, 8, 0)
        right.addWidget(self.show_only)
        right.addWidget(self.sheet, 1)
        filled = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, filled)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.page)
        self._line.addLayout(right, 1)
        self.setMinimumWidth(NARROWEST)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else the findings above the sheet."""
        beside = self.width() >= COLUMN + 4 * CELL
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            self.page.setMinimumWidth(COLUMN if beside else 0)
            self.page.setMaximumWidth(COLUMN if beside else WIDEST)
            self._line.setStretch(0, 0 if beside else 1)
        super().resizeEvent(event)

    def _connect(self) -> None:
        pictures = self._pictures
        self._follower = Follower(self, self._studio, self.refresh, pictures.changed, milliseconds=100)
        bind(self, pictures.preview_changed, self._show_preview)
        self.empty.triggered.connect(self.ask_folder)
        self.stop.clicked.connect(lambda _checked: pictures.stop())
        for kind, row in self.rows.items():
            row.button.clicked.connect(partial(self.act, kind))
        self.policy.chosen.connect(lambda key: self._decide(policy=key))
        self.augmented.clicked.connect(lambda _checked: self.open_augmentation())
        self.grey.toggled.connect(lambda on: self._decide(ink="grey" if on else "colour"))
        self.classes.chosen.connect(self.choose_classes)
        self.tests.chosen.connect(self.choose_tests)
        self.yes.clicked.connect(lambda: self._decide(mirror=True))
        self.no.clicked.connect(lambda: self._decide(mirror=False))
        self.show_only.chosen.connect(lambda _key: self.refresh())
        self.sheet.chosen.connect(pictures.preview)
        self.sheet.toggled.connect(self.toggle)
        self.sheet.crop_drawn.connect(self._draw_crop)

    def open_augmentation(self) -> None:
        from studio.ui.dialogs.augmentation import AugmentationDialog

        AugmentationDialog(self._studio, self.window()).open()

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def ask_folder(self) -> None:
        title = QCoreApplication.translate("TrainingPanel", "Folder of pictures")
        dialog = QFileDialog(self, title, self._pictures.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def choose_tests(self, key: str) -> None:
        """What is never trained on: nothing, a share, or a folder that is asked for."""
        if key != FOLDER:
            self._pictures.hold_out(float(key))
            return
        self._show_tests()  # the folder is chosen only when the dialog says so
        title = QCoreApplication.translate("TrainingPictures", "Folder of test pictures")
        dialog = QFileDialog(self, title, self._pictures.test_folder or self._pictures.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._pictures.hold_out, 0.0))
        dialog.open()

    def choose_classes(self, key: str) -> None:
        """What can be asked for by name afterwards: nothing, the sub-folders, or so many palettes."""
        if key.isdigit():
            self._decide(classes="palettes", palettes=int(key))
        else:
            self._decide(classes=key)

    def _show_classes(self) -> None:
        translate, decisions, report = (
            QCoreApplication.translate,
            self._pictures.decisions,
            self._pictures.report,
        )
        entries = [("recipe", translate("TrainingPictures", "none"))]
        folders = sum(bool(name) for name in report.classes) if report is not None else 0
        if folders > 1 or decisions.classes == "folders":
            entries.append(("folders", translate("TrainingPictures", "the sub-folders")))
        words = translate("TrainingPictures", "{count} palettes")
        counts = sorted({*PALETTES, decisions.palettes})
        entries += [(str(count), words.format(count=count)) for count in counts]
        chosen = str(decisions.palettes) if decisions.classes == "palettes" else decisions.classes
        self.classes.set_choices(entries, chosen)

    def _show_tests(self) -> None:
        translate, folder = QCoreApplication.translate, self._pictures.test_folder
        words = (
            translate("TrainingPictures", "the folder “{name}”").format(name=Path(folder).name or folder)
            if folder
            else translate("TrainingPictures", "another folder…")
        )
        share = f"{self._pictures.decisions.validation:g}"
        shares = [(key, translate("TrainingPictures", text)) for key, text in SHARES.items()]
        self.tests.set_choices([*shares, (FOLDER, words)], FOLDER if folder else share)

    def take_folder(self, folder: str) -> None:
        self._pictures.look(folder, side=self._pictures.decisions.side)

    def act(self, kind: Kind, _checked: bool = False) -> None:
        """The verb of a finding: its fix on or off, or its pictures left out or taken in."""
        decisions = self._pictures.decisions
        if kind in FIXES:
            self._decide(**{FIXES[kind]: not getattr(decisions, FIXES[kind])})
            return
        if kind == "seal":
            self._decide(mirror=False)
            return
        files = self._pictures.files_with(kind)
        change = self._pictures.take_in if self._all_out(kind) else self._pictures.leave_out
        change(files)

    def _all_out(self, kind: Kind) -> bool:
        return self._pictures.out.issuperset(self._pictures.files_with(kind))

    def toggle(self, files: tuple[str, ...]) -> None:
        """Leaves the files out, or takes them in again where all of them are out."""
        wanted = set(files)
        chosen = [one for one in self._pictures.pictures if one.file in wanted and one.usable]
        out = all(one.file in self._pictures.out for one in chosen)
        (self._pictures.take_in if out else self._pictures.leave_out)([one.file for one in chosen])

    def _decide(self, **changes: object) -> None:
        self._pictures.decide(**changes)
        self._ask_preview()

    def _draw_crop(self, file: str, crop: object) -> None:
        self._pictures.draw_crop(file, crop)  # type: ignore[arg-type]
        self._ask_preview()

    def _ask_preview(self) -> None:
        if self._pictures.previewed is not None:
            self._pictures.preview(self._pictures.previewed[0])
        elif self.sheet.selected:
            self._pictures.preview(self.sheet.selected[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(url.toLocalFile()).is_dir() for url in event.mimeData().urls() if url.isLocalFile()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folders = [url.toLocalFile() for url in event.mimeData().urls() if Path(url.toLocalFile()).is_dir()]
        if folders:
            event.acceptProposedAction()
            self.take_folder(folders[0])

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        pictures = self._pictures
        nothing = not pictures.pictures and not pictures.looking
        self.stack.setCurrentIndex(0 if nothing else 1)
        if nothing:
            self._show_empty()
            return
        self._show_headline()
        self._show_findings()
        self._show_choices()
        changed, self._folder = pictures.folder != self._folder, pictures.folder
        self.sheet.set_pictures(
            pictures.pictures, pictures.thumbnails, self._listed(), pictures.decisions, changed
        )
        self._show_question()
        self._show_preview()

    def _show_empty(self) -> None:
        line = self._pictures.problem or QCoreApplication.translate(
            "TrainingPictures", "Choose a folder of your pictures: what is wrong with them shows here."
        )
        self.empty.set_texts(
            line, QCoreApplication.translate("TrainingPictures", "Choose a folder of pictures…")
        )

    def _show_headline(self) -> None:
        pictures = self._pictures
        if pictures.looking:
            words = QCoreApplication.translate(
                "TrainingPictures", "Looking through the pictures: {done} of {total}"
            )
            total = str(pictures.total) if pictures.total >= 0 else "…"
            self.headline.setText(words.format(done=len(pictures.pictures), total=total))
        elif pictures.problem:
            self.headline.setText(pictures.problem)
        else:
            count, out, held = len(pictures.pictures), len(pictures.out), pictures.held_out
            words = (
                QCoreApplication.translate(
                    "TrainingPictures",
                    "For training: {stay} of {count} pictures. Held out for testing: {held}. Left out: {out}.",
                )
                if held
                else QCoreApplication.translate(
                    "TrainingPictures", "For training: {stay} of {count} pictures. Left out: {out}."
                )
            )
            self.headline.setText(words.format(count=count, out=out, held=held, stay=count - out - held))
        self.stop.setVisible(pictures.looking)

    def _show_findings(self) -> None:
        report = self._pictures.report
        counts = self._pictures.counts
        for kind, row in self.rows.items():
            count = counts.get(kind, 0)
            row.setVisible(count > 0)
            if count:
                source = ONE[kind] if count == 1 else SENTENCES[kind]
                sentence = QCoreApplication.translate("data", source)
                row.set_texts(
                    sentence.format(count=count, side=report.side if report else 0), self._verb(kind)
                )
        lonely = report.lonely() if report is not None else ()
        words = QCoreApplication.translate("data", LONELY)
        self.lonely.setText("\n".join(words.format(name=name) for name in lonely[:3]))
        self.lonely.setVisible(bool(lonely))

    def _verb(self, kind: Kind) -> str:
        if kind in UNUSABLE:
            return ""
        if kind in MENDED:
            if getattr(self._pictures.decisions, FIXES[kind]):
                return QCoreApplication.translate("TrainingPictures", "Leave as it is")
            return {
                "border": QCoreApplication.translate("TrainingPictures", "Trim"),
                "skew": QCoreApplication.translate("TrainingPictures", "Straighten"),
            }.get(kind, QCoreApplication.translate("TrainingPictures", "Even out"))
        if kind == "seal":
            never = self._pictures.decisions.mirror is False
            return "" if never else QCoreApplication.translate("TrainingPictures", "Never mirror")
        if self._all_out(kind):
            return QCoreApplication.translate("TrainingPictures", "Include")
        return QCoreApplication.translate("TrainingPictures", "Leave out")

    def _show_choices(self) -> None:
        decisions = self._pictures.decisions
        self.policy.set_value(decisions.policy)
        self._show_classes()
        self._show_tests()
        blocked = self.grey.blockSignals(True)
        self.grey.setChecked(decisions.ink == "grey")
        self.grey.blockSignals(blocked)
        self.yes.setChecked(decisions.mirror is True)
        self.no.setChecked(decisions.mirror is False)
        entries = [
            ("all", QCoreApplication.translate("TrainingPictures", "all pictures")),
            ("findings", QCoreApplication.translate("TrainingPictures", "those with a finding")),
            ("out", QCoreApplication.translate("TrainingPictures", "those left out")),
            *((kind, f"{QCoreApplication.translate('TrainingPictures', SHORT[kind])} ({count})") for kind, count in self._pictures.counts.items()),
        ]  # fmt: skip
        chosen = self.show_only.value()
        known = {key for key, _ in entries}
        self.show_only.set_choices(entries, chosen if chosen in known else "all")

    def _listed(self) -> Sequence[int]:
        """Numbers of the pictures that the sheet shows."""
        pictures, wanted = self._pictures.pictures, self.show_only.value()
        if wanted == "findings":
            return [index for index, one in enumerate(pictures) if one.findings]
        if wanted == "all":
            return range(len(pictures))
        files = self._pictures.out if wanted == "out" else frozenset(self._files_of(wanted))
        return [index for index, one in enumerate(pictures) if one.file in files]

    def _files_of(self, wanted: str) -> tuple[str, ...]:
        return next((self._pictures.files_with(kind) for kind in KINDS if kind == wanted), ())

    def _show_question(self) -> None:
        """Two of the artist's own pictures, those with a seal first, for they answer it."""
        decisions = self._pictures.decisions
        good = [one for one in self._pictures.pictures[:200] if not decisions.leaves_out(one)]
        asked = sorted(good, key=lambda one: not one.has("seal"))[:2]
        self.mirrored.set_images([self.sheet.image_of(one.file) for one in asked])
        for widget in (self.question, self.mirrored, self.yes, self.no):
            widget.setVisible(bool(asked))

    def _show_preview(self) -> None:
        shown = self._pictures.previewed
        self.preview.setVisible(shown is not None)
        words = QCoreApplication.translate(
            "TrainingPictures", "Choose a picture to see what training sees of it."
        )
        if shown is not None:
            file, _, pixels = shown
            line = QCoreApplication.translate("TrainingPictures", "Training sees of “{file}”:")
            words = line.format(file=file.rpartition("/")[2])
            side = pixels.shape[0]
            self.preview.set_pixels(pixels[:, : 6 * side], least=3 * side)
        self.preview_line.setText(words)
        able = self._studio.engine is not None and any(one.usable for one in self._pictures.pictures)
        self.augmented.setEnabled(able)

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.policy.set_title(translate("TrainingPictures", "Take"))
        self.policy.setToolTip(translate("TrainingPictures", "Which part of a picture becomes a square"))
        self.classes.set_title(translate("TrainingPictures", "Classes"))
        self.classes.setToolTip(
            translate(
                "TrainingPictures",
                "What the model can be asked for by name afterwards; palettes group your pictures by their colours",
            )
        )
        self.tests.set_title(translate("TrainingPictures", "Test on"))
        self.tests.setToolTip(
            translate(
                "TrainingPictures", "Pictures that are never trained on show whether a model learns by heart"
            )
        )
        self.show_only.set_title(translate("TrainingPictures", "Show"))
        decided = self._pictures.decisions.policy
        self.policy.set_choices(
            [(key, translate("TrainingPictures", words)) for key, words in POLICIES.items()], decided
        )
        self.grey.set_title(translate("TrainingPictures", "Learn ink in grey"))
        self.grey.setToolTip(
            translate("TrainingPictures", "One channel instead of three: no coloured fringes")
        )
        self.question.setText(
            translate("TrainingPictures", "Mirrored at the right: would these still be right?")
        )
        self.yes.setText(translate("TrainingPictures", "Yes, mirror too"))
        self.no.setText(translate("TrainingPictures", "No, never mirror"))
        self.stop.setText(translate("TrainingPictures", "Stop"))
        for button in (self.yes, self.no, self.stop):
            button.setAccessibleName(button.text())
        self.promise.setText(
            translate("TrainingPictures", "Your files are never changed and never leave this computer.")
        )
        self.sheet.setAccessibleName(translate("TrainingPictures", "Contact sheet"))
        self.augmented.setText(translate("TrainingPictures", "As the judge sees them…"))
        self.preview.setAccessibleName(translate("TrainingPictures", "What training sees"))
        self.sheet.words = {kind: translate("TrainingPictures", words) for kind, words in SHORT.items()}
        self.refresh()
