"""The dialog of an export: how far it is, a way to cancel it, and why it came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from app.domain.exporting import Progress, Stage
from app.ui.widgets.accessible import announce
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.theme import ThemeManager

translate = QCoreApplication.translate

_TRACK: Final = 6
_STEPS: Final = 1_000


class ProgressLine(QProgressBar):
    """A line that fills up, in ink: it tells of no phase."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_part(self, part: float) -> None:
        """Fill it to a part of 0.0 to 1.0."""
        self.setValue(round(part * _STEPS))

    def sizeHint(self) -> QSize:
        return QSize(200, _TRACK)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _TRACK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        radius = track.height() / 2
        painter.setBrush(theme.slider_track)
        painter.drawRoundedRect(track, radius, radius)
        done = QRectF(track)
        done.setWidth(track.width() * self.value() / _STEPS)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            done.moveRight(track.right())
        if done.width() >= track.height():
            painter.setBrush(theme.ink)
            painter.drawRoundedRect(done, radius, radius)


class ExportDialog(Dialog):
    """Closing it cancels the export; `finish` closes it when the file is there."""

    def __init__(self, themes: ThemeManager, window: QWidget, file: str) -> None:
        """`file` is the name of the file that is made."""
        super().__init__(themes, window, translate("Export", "Export as audio"))
        self._file = Label(themes, file, role="body_bold", parent=self)
        self.line = ProgressLine(themes)
        self.line.setAccessibleName(file)
        self.status = Label(themes, color="text_2", wraps=True, tabular=True)
        self.body.addWidget(self._file)
        self.body.addSpacing(4)
        self.body.addWidget(self.line)
        self.body.addSpacing(4)
        self.body.addWidget(self.status)
        self.button = self.add_button(translate("Export", "Cancel"))
        self.button.clicked.connect(self.reject)
        self._show_status(translate("Export", "Getting ready"))

    def show_progress(self, progress: Progress) -> None:
        done, total = progress.done, max(1, progress.total)
        self.line.show_part(done / total)
        match progress.stage:
            case Stage.TONES:
                text = translate("Export", "Getting ready")
            case Stage.VOICE:
                text = translate("Export", "Preparing the voice, {done} of {total}")
            case Stage.SOUND:
                text = translate("Export", "Writing, {percent} %")
            case _:
                assert_never(progress.stage)
        percent = 100 * done // total
        self._show_status(text.format(done=done, total=total, percent=percent))

    def show_problem(self, sentence: str) -> None:
        """Say why there is no file; the dialog stays until it is closed."""
        self._stay_with(sentence if sentence.endswith(".") else f"{sentence}.")

    def show_left_out(self, text: str) -> None:
        """Say what the file goes without that is there; the dialog stays until it is closed."""
        self._stay_with(text)

    def finish(self) -> None:
        """Close it: the file is there."""
        self.accept()

    def _stay_with(self, text: str) -> None:
        self.line.hide()
        self.status.set_color("text")
        self._show_status(text)
        self.button.setText(translate("Export", "Close"))
        announce(self, self.status.text())

    def _show_status(self, text: str) -> None:
        if text != self.status.text():
            self.status.setText(text)
            self._place_card()
