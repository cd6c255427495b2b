"""What was measured of a model: a few lines, and its pictures beside the nearest of those it learnt from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from studio.messages.events import Controlled, Evaluated, Footing, InceptionFigures, VggFigures
from studio.messages.measurements import attribute
from studio.ui.language import Retranslated, spoken
from studio.ui.widgets.sample_view import SampleView

Titles = Mapping[str, tuple[str, str]]
"""Of sliders by their names: what the artist calls them, in English and Chinese."""
SAME = 0.5
"""Below this share of the variety of what it learnt from, a model repeats itself."""
NO_BREAK = "\N{NO-BREAK SPACE}"
BY_HEART = 0.15
"""Above this share of near copies, and of those more than among pictures it never saw, it learns by heart."""


class Line(NamedTuple):
    """What is said, and what it means, for the pointer that rests on it."""

    words: str
    meaning: str


class TrainingReport(Retranslated, QWidget):
    """Empty until there is a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Evaluated | None = None
        self._titles: Titles = {}
        self.head, self.caption, self.pictures = QLabel(), QLabel(), SampleView()
        self.lines: list[QLabel] = [QLabel() for _ in range(12)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.head, *self.lines, self.caption, self.pictures):
            column.addWidget(widget)
        for label in (self.head, *self.lines, self.caption):
            label.setWordWrap(True)
        for label in (self.head, self.caption):
            label.setProperty("quiet", True)
        self.setVisible(False)
        self.retranslate()

    def show_report(self, report: Evaluated | None, titles: Titles | None = None) -> None:
        """Shows ``report``; None hides everything."""
        titles = titles or {}
        if report is self._report and titles == self._titles:
            return
        self._report, self._titles = report, titles
        self.setVisible(report is not None)
        if report is not None:
            self.pictures.set_pixels(report.pixels.array())
            self._say(report)

    def _say(self, report: Evaluated) -> None:
        self.head.setText(head(report))
        self.head.setToolTip(footing(report))
        said = lines(report, self._titles)
        for index, label in enumerate(self.lines):
            label.setVisible(index < len(said))
            label.setText(said[index].words if index < len(said) else "")
            label.setToolTip(said[index].meaning if index < len(said) else "")

    def retranslate(self) -> None:
        caption = QCoreApplication.translate(
            "TrainingReport",
            "Its pictures most like one it learnt from, each beside the three nearest of these",
        )
        self.caption.setText(caption)
        self.pictures.setAccessibleName(caption)
        if self._report is not None:
            self._say(self._report)


def head(report: Evaluated) -> str:
    """Of what the numbers are."""
    words = QCoreApplication.translate(
        "TrainingReport", "{count} pictures of step {step}, beside {real} it learnt from"
    )
    return words.format(count=report.count, step=report.step, real=report.real)


def footing(report: Evaluated) -> str:
    """On what the numbers rest, for the pointer that rests on the head; empty where the file does not say."""
    return "" if report.footing is None else _ground(report.footing)


def _ground(one: Footing) -> str:
    words = QCoreApplication.translate(
        "TrainingReport", "Measured by {features}, weights {weights}, at {side} px ({resize})"
    )
    return words.format(features=one.features, weights=one.weights[:8], side=one.side, resize=one.resize)


def lines(report: Evaluated, titles: Titles | None = None) -> list[Line]:
    """What the numbers say, in the language of the window."""
    translate = QCoreApplication.translate
    found = [_variety(report), _likeness(report)]
    if report.copies >= 0:
        found.append(_copies(report))
    if report.copied >= 0:
        found.append(_copied(report))
    words = translate("TrainingReport", "Distance: {value} (two halves: {halves})")
    meaning = translate(
        "TrainingReport",
        "Fréchet distance of its pictures from those it learnt from; in brackets that of one half of those from the other, "
        "which is as small as it gets",
    )
    values = {
        "value": _ranged(report, "distance", "{:.1f}".format),
        "halves": f"{report.distance_of_halves:.1f}",
    }
    found += [Line(words.format(**values), meaning), _kernel(report), _density(report)]
    if report.sharpness >= 0:
        found.append(_sharpness(report))
    if report.vgg is not None:
        found.append(_by_vgg(report.vgg))
    if report.controlled is not None and report.controlled.sliders:
        found.append(_of_sliders(report.controlled, titles or {}))
    found.append(_no_inception() if report.inception is None else _of_inception(report.inception))
    if report.agreement:
        named = " · ".join(f"{name} {_share(value)}" for name, value in report.agreement.items())
        meaning = translate(
            "TrainingReport", "How many pictures of a class look most like those of that class"
        )
        found.append(
            Line(translate("TrainingReport", "Class is right: {classes}").format(classes=named), meaning)
        )
    return [
        Line(line.words, f"{line.meaning}{_brackets()}" if "[" in line.words else line.meaning)
        for line in found
    ]


def _brackets() -> str:
    return "\n" + QCoreApplication.translate(
        "TrainingReport", "In square brackets: between these, 95 of 100 such measurements lie"
    )


def _of_inception(found: InceptionFigures) -> Line:
    translate = QCoreApplication.translate
    words = translate("TrainingReport", "FID: {fid} · inception score: {score}")
    meaning = translate(
        "TrainingReport",
        "Fréchet Inception distance, 0 for pictures alike, and how clear and varied they are; with {network}",
    )
    values = {}
    for key, name, value in (("fid", "fid", found.fid), ("score", "inception_score", found.inception_score)):
        low, high = found.intervals.get(name, (value, value))
        values[key] = f"{value:.1f}{NO_BREAK}[{low:.1f}{NO_BREAK}…{NO_BREAK}{high:.1f}]"
    return Line(words.format(**values), meaning.format(network=found.footing.features))


def _by_vgg(found: VggFigures) -> Line:
    """Without its intervals, which the pointer shows."""
    translate = QCoreApplication.translate
    words = translate(
        "TrainingReport",
        "Second network: kernel distance {kernel} · alike {precision} · covered {recall} · density {density} · reached {coverage}",
    )
    forms = {
        "kernel": ("kernel_distance", "{:.3g}".format),
        "precision": ("precision", _share),
        "recall": ("recall", _share),
        "density": ("density", "{:.2f}".format),
        "coverage": ("coverage", _share),
    }
    ranged = words.format(**{key: found.ranged(name, form) for key, (name, form) in forms.items()})
    plain = words.format(**{key: form(getattr(found, name)) for key, (name, form) in forms.items()})
    return Line(plain.replace(" %", f"{NO_BREAK}%"), f"{ranged}{_brackets()}\n{_ground(found.footing)}")


def _of_sliders(told: Controlled, titles: Titles) -> Line:
    """A row for each slider: what it changes most, and what next."""
    translate = QCoreApplication.translate
    moved = translate("TrainingReport", "{slider}: {most} {change} · {other} {less}")
    rows = [translate("TrainingReport", "What the sliders change, most and next")]
    sure = []
    for one in told.sliders:
        english, chinese = titles.get(one.name, (one.title, one.title_zh))
        title = (chinese if spoken().startswith("zh") else english) or one.name
        most, other = one.ranked[:2]
        if not one.seen:
            rows.append(
                translate("TrainingReport", "{slider}: nothing that can be told").format(slider=title)
            )
            continue
        values = {"change": _signed(one.changes[most]), "less": _signed(one.changes[other])}
        rows.append(moved.format(slider=title, most=_attribute(most), other=_attribute(other), **values))
        sure.append(f"{title} {one.correlations[most]:+.2f}")
    meaning = translate(
        "TrainingReport",
        "From one end to the other, in deviations between {pictures} unmoved pictures. How surely what changes most follows the slider, "
        "from −1 to 1: {sure}",
    )
    words = [meaning.format(pictures=told.pictures, sure=" · ".join(sure) or "–")]
    if told.classes and told.right >= 0:
        judged = translate(
            "TrainingReport",
            "Classes are judged by a classifier that is right of {right} of {count} pictures it never saw",
        )
        words.append(judged.format(right=_share(told.right), count=told.held_out))
    return Line("\n".join(rows), "\n".join(words))


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _attribute(name: str) -> str:
    said = attribute(name)
    return QCoreApplication.translate("measurements", said.sentence).format(**said.values)


def _no_inception() -> Line:
    translate = QCoreApplication.translate
    return Line(
        translate("TrainingReport", "FID and inception score: no Inception weights"),
        translate(
            "TrainingReport",
            "They need the weights of the Inception network, which are never downloaded: choose their file under Generate, Judge and "
            "compare, Compare measurements",
        ),
    )


def _sharpness(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    words = translate("TrainingReport", "Sharpness: {value}")
    meaning = translate(
        "TrainingReport",
        "How much fine detail its pictures have by what those it learnt from have; less than 100 % is blurred, more is grain",
    )
    return Line(words.format(value=_ranged(report, "sharpness", _share)), meaning)


def _kernel(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    words = translate("TrainingReport", "Kernel distance: {value}")
    meaning = translate(
        "TrainingReport",
        "How unlike its pictures and those it learnt from are, whatever their number; around 0 when they are alike",
    )
    return Line(words.format(value=_ranged(report, "kernel_distance", "{:.3g}".format)), meaning)


def _density(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    words = translate("TrainingReport", "Density: {density} · reached: {coverage}")
    meaning = translate(
        "TrainingReport",
        "How closely those it learnt from lie around its pictures, 1 when they are alike; and how many of them have one of its near",
    )
    values = {
        "density": _ranged(report, "density", "{:.2f}".format),
        "coverage": _ranged(report, "coverage", _share),
    }
    return Line(words.format(**values), meaning)


def _variety(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    if report.variety < SAME:
        words = translate(
            "TrainingReport", "Variety: {value}. It repeats itself: train longer, or on more pictures."
        )
    else:
        words = translate("TrainingReport", "Variety: {value}")
    meaning = translate("TrainingReport", "100 %: its pictures differ as much as those it learnt from")
    return Line(words.format(value=_ranged(report, "variety", _share)), meaning)


def _likeness(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    words = translate("TrainingReport", "Alike: {precision} · covered: {recall}")
    meaning = translate(
        "TrainingReport",
        "How many of its pictures could be among those it learnt from, and of those among its own",
    )
    return Line(
        words.format(
            precision=_ranged(report, "precision", _share), recall=_ranged(report, "recall", _share)
        ),
        meaning,
    )


def _copies(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    if report.copies > max(BY_HEART, 1.5 * report.copies_held_out):
        words = translate(
            "TrainingReport", "Nearly copies: {value}. It learns by heart: stop earlier, or add pictures."
        )
    elif report.copies_held_out >= 0:
        words = translate("TrainingReport", "Nearly copies: {value} (unseen pictures: {held})")
    else:
        words = translate("TrainingReport", "Nearly copies: {value} (usual: 5 %)")
    meaning = translate(
        "TrainingReport", "Pictures nearer to one it learnt from than nearly all of those are to each other"
    )
    return Line(words.format(value=_share(report.copies), held=_share(report.copies_held_out)), meaning)


def _copied(report: Evaluated) -> Line:
    translate = QCoreApplication.translate
    words = (
        translate("TrainingReport", "Copy check, copies of your pictures: {copied} of {count}.")
        if report.copied
        else translate("TrainingReport", "Copy check: none of {count} is a copy")
    )
    meaning = translate(
        "TrainingReport",
        "Pictures whose edges are those of one it learnt from, also where that is mirrored, cut or in other colours",
    )
    return Line(words.format(copied=report.copied, count=report.count), meaning)


def _ranged(report: Evaluated, name: str, form: Callable[[float], str]) -> str:
    """A figure and its interval, which no line breaks."""
    value, bracket, rest = report.ranged(name, form).partition("[")
    return value + bracket + rest.replace(" ", NO_BREAK)


def _share(value: float) -> str:
    return f"{round(100 * value)} %"
