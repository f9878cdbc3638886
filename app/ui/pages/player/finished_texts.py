"""Texts of the finished screen: its heading, and the sentence that a high score brings up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.icons import paint_icon
from app.ui.widgets.label import Label
from app.ui.widgets.paint import panel
from app.ui.widgets.text_fit import balance

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.ui.theme import ThemeManager

RADIUS, PADDING, ICON = 14, 16, 22


class BalancedLabel(Label):
    """A heading whose lines are as even as they can be."""

    def lines(self, width: int) -> list[str]:
        return balance(self.text(), width, QFontMetricsF(self.text_font()).horizontalAdvance)


class HelpBox(QWidget):
    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._label = Label(
            themes,
            self.tr(
                "Get medical help today if you have numbness around the seat, weakness in a leg, "
                "trouble with bladder or bowel, fever, pain after a fall, or pain that wakes you "
                "at night."
            ),
            wraps=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING + ICON + 12, PADDING, PADDING, PADDING)
        column.addWidget(self._label)
        self.setAccessibleName(self._label.text())
        themes.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._label.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        panel(painter, QRectF(self.rect()), RADIUS, theme.danger_tint, theme.danger_line)
        box = QRectF(PADDING, PADDING + 1, ICON, ICON)
        paint_icon(painter, "circle-alert", box, theme.danger)
