"""The field that searches as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import icon, paint_icon
from app.ui.widgets.paint import panel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

HEIGHT = 40
ICON, ICON_LEFT, TEXT_LEFT = 18, 14, 42


class SearchField(QLineEdit):
    """Esc empties it, and leaves it when it is empty (Qt's `editingFinished` does not say)."""

    left_downwards = cast("TypedSignal[()]", Signal())
    """The Down key: to the first of what was found."""

    def __init__(
        self, themes: ThemeManager, placeholder: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._clear: QAction | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFrame(False)
        self.setTextMargins(TEXT_LEFT - 2, 0, 8, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self._restyle()
        self.textChanged.connect(self._offer_clear)
        themes.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(264, self._themes.theme.control(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.clearFocus()
            return
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if (
                event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape
            ):
                # Esc is ours while the field has focus.
                event.accept()
                return True
            case _:
                pass
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        focused = self.hasFocus()
        radius = tokens.RADIUS["field"]
        panel(painter, box, radius, theme.surface, theme.ink if focused else theme.line_strong)
        if focused:
            panel(painter, box.adjusted(1, 1, -1, -1), radius - 1, None, theme.ink)
        top = round((self.height() - ICON) / 2)
        paint_icon(painter, "search", QRectF(ICON_LEFT, top, ICON, ICON), theme.text_2)
        painter.end()
        super().paintEvent(event)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        self.setFont(theme.font("body"))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.text_3)
        palette.setColor(QPalette.ColorRole.Highlight, theme.ink)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.on_ink)
        self.setPalette(palette)
        if self._clear is not None:
            self._clear.setIcon(icon("x", 18, theme.text_2, self.devicePixelRatioF()))
        self.update()

    @Slot(str)
    def _offer_clear(self, text: str) -> None:
        if self._clear is None:
            x = icon("x", 18, self._themes.theme.text_2, self.devicePixelRatioF())
            self._clear = self.addAction(x, QLineEdit.ActionPosition.TrailingPosition)
            self._clear.setToolTip(self.tr("Clear search"))
            self._clear.triggered.connect(self.clear)
        self._clear.setVisible(bool(text))
