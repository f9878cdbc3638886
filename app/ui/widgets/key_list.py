"""A list of keys, each in a cap, with what it does."""

import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.keys import KeyGroup
from app.ui.theme import ThemeManager
from app.ui.widgets.paint import elided, text_at, text_centered, text_width

ROW, ROW_TIGHT, CAP_HEIGHT, CAP_RADIUS = 40, 34, 28, 6
TEXT_GAP, TEXT_GAP_TIGHT = 12, 8


def key_name(key: str) -> str:
    """Return a key as it is written on this system's keyboard."""
    if sys.platform == "darwin":
        key = key.replace("Ctrl+", "⌘")
    return {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}.get(key, key)


class KeyList(QWidget):
    """One group, its title aside."""

    def __init__(
        self,
        themes: ThemeManager,
        group: KeyGroup,
        *,
        margin: int = 0,
        tight: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`margin` is free above and below, in pixels; `tight` rows suit a list that must fit."""
        super().__init__(parent)
        self._themes = themes
        self._group = group
        self._margin = margin
        self._least, self._gap = (ROW_TIGHT, TEXT_GAP_TIGHT) if tight else (ROW, TEXT_GAP)
        spoken = [f"{', '.join(line.keys)}: {line.meaning}" for line in group.lines]
        self.setAccessibleName(f"{group.title}. {'. '.join(spoken)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def _row(self) -> int:
        return max(self._least, self._themes.theme.line_height("body") + self._gap)

    def sizeHint(self) -> QSize:
        return QSize(320, self._row() * len(self._group.lines) + 2 * self._margin)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, font, cap = self._row(), theme.font("body"), theme.font("label")
        for index, line in enumerate(self._group.lines):
            middle = self._margin + (index + 0.5) * row
            right = float(self.width() - 1)
            for key in reversed(line.keys):
                text = key_name(key)
                width = max(float(CAP_HEIGHT), text_width(cap, text) + 18)
                box = QRectF(
                    round(right - width), round(middle - CAP_HEIGHT / 2), width, CAP_HEIGHT
                )
                painter.setPen(QPen(theme.line_strong, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CAP_RADIUS, CAP_RADIUS)
                text_centered(painter, cap, theme.text, (box.center().x(), middle), text)
                right = box.left() - 8
            room = right - 8
            text_at(painter, font, theme.text, (0, middle), elided(font, line.meaning, room))
