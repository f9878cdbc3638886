"""A field for one line of free text."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import _tokens as tokens
from app.ui.theme import ThemeManager
from app.ui.widgets.paint import panel

PADDING = 16


class TextField(QLineEdit):
    """`height` is nominal: large type makes it higher."""

    def __init__(
        self,
        themes: ThemeManager,
        *,
        name: str,
        placeholder: str = "",
        height: int = tokens.SIZE["field"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._height = height
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setTextMargins(PADDING - 2, 0, PADDING - 2, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self._restyle()
        themes.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(240, self._themes.theme.control(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        box, radius, focused = QRectF(self.rect()), tokens.RADIUS["field"], self.hasFocus()
        panel(painter, box, radius, theme.surface, theme.ink if focused else theme.line_strong)
        if focused:
            panel(painter, box.adjusted(1, 1, -1, -1), radius - 1, None, theme.ink)
        painter.end()
        super().paintEvent(event)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        self.setFont(theme.font("body"))
        palette = QPalette(self.palette())
        role = QPalette.ColorRole
        palette.setColor(role.Base, Qt.GlobalColor.transparent)
        palette.setColor(role.Text, theme.text)
        palette.setColor(role.PlaceholderText, theme.text_3)
        palette.setColor(role.Highlight, theme.ink)
        palette.setColor(role.HighlightedText, theme.on_ink)
        self.setPalette(palette)
        self.updateGeometry()
        self.update()
