"""Small strokes that painted widgets share: lines of text, boxes, rules."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.ui.theme import baseline


def text_width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def elided(font: QFont, text: str, width: float) -> str:
    """Shorten a line to a width in pixels, with an ellipsis."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def text_at(
    painter: QPainter, font: QFont, color: QColor, at: tuple[float, float], text: str
) -> float:
    """Draw a line of text from (left, middle of its capitals); return where it ends."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QPointF(at[0], round(baseline(font, at[1]))), text)
    return at[0] + QFontMetricsF(font).horizontalAdvance(text)


def text_right(
    painter: QPainter, font: QFont, color: QColor, at: tuple[float, float], text: str
) -> float:
    """Draw a line of text that ends at (right, middle); return where it starts."""
    left = round(at[0] - QFontMetricsF(font).horizontalAdvance(text))
    text_at(painter, font, color, (left, at[1]), text)
    return left


def text_centered(
    painter: QPainter, font: QFont, color: QColor, at: tuple[float, float], text: str
) -> None:
    """Draw a line of text around a point."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    text_at(painter, font, color, (round(at[0] - width / 2), at[1]), text)


def panel(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, border: QColor | None
) -> None:
    """Draw a rounded box with a hairline inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(border, 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def rule(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    """Draw a hairline from side to side."""
    painter.setPen(QPen(color, 1))
    painter.drawLine(QLineF(left, round(y) + 0.5, right, round(y) + 0.5))
