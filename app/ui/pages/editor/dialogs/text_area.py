"""A field for several lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui import _tokens as tokens
from app.ui.widgets.paint import panel

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

_PADDING: Final = 10
_BAR = """
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {knob}; border-radius: 3px; min-height: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


class _Edit(QPlainTextEdit):
    focus_changed = cast("TypedSignal[()]", Signal())
    submitted = cast("TypedSignal[()]", Signal())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class TextArea(QWidget):
    """Tab leaves it; Enter begins a new line, Ctrl+Enter is `submitted`."""

    def __init__(
        self,
        themes: ThemeManager,
        *,
        name: str,
        placeholder: str = "",
        lines: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._lines = lines
        self.edit = _Edit(self)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.document().setDocumentMargin(4)
        self.edit.viewport().setAutoFillBackground(False)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(_PADDING, 8, 4, 8)
        box.addWidget(self.edit)
        self.text_changed = self.edit.textChanged
        self.submitted = self.edit.submitted
        self.edit.focus_changed.connect(self.update)
        self._restyle()
        themes.changed.connect(self._restyle)

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        self.edit.setPlainText(text)

    def sizeHint(self) -> QSize:
        line = self.edit.fontMetrics().lineSpacing()
        return QSize(320, self._lines * line + 16 + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        box, radius, focused = QRectF(self.rect()), tokens.RADIUS["field"], self.edit.hasFocus()
        panel(painter, box, radius, theme.surface, theme.ink if focused else theme.line_strong)
        if focused:
            panel(painter, box.adjusted(1, 1, -1, -1), radius - 1, None, theme.ink)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        self.edit.setFont(theme.font("body"))
        palette = QPalette(self.edit.palette())
        role = QPalette.ColorRole
        palette.setColor(role.Base, Qt.GlobalColor.transparent)
        palette.setColor(role.Text, theme.text)
        palette.setColor(role.PlaceholderText, theme.text_3)
        palette.setColor(role.Highlight, theme.ink)
        palette.setColor(role.HighlightedText, theme.on_ink)
        self.edit.setPalette(palette)
        knob = theme.line_strong.name()
        self.edit.verticalScrollBar().setStyleSheet(_BAR.format(knob=knob))
        self.updateGeometry()
        self.update()
