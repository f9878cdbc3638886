"""One choice of several: filter chips, and segments in a track."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import ThemeManager, baseline, mix
from app.ui.widgets.fade import Fade
from app.ui.widgets.focus_ring import FocusRing, FocusShape

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

ICON = 16
ICON_GAP = 6
CHIP_HEIGHT = 40
CHIP_PADDING = 14
SEGMENT_INSET = 4
SEGMENT_PADDING = 18


class _Choice(QRadioButton):
    """What chips and segments share: a radio button that is pressed anywhere on its box."""

    padding = CHIP_PADDING
    nominal_height = CHIP_HEIGHT

    def __init__(
        self, themes: ThemeManager, text: str, *, icon: str | None = None, parent: QWidget | None
    ) -> None:
        super().__init__(text, parent)
        self.themes = themes
        self._icon = icon
        self.hover = Fade(self)
        self._ring = FocusRing(self, themes, self.focus_shape)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._restyle)

    def radius(self) -> float:
        return self.height() / 2

    def focus_shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), self.radius())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        theme = self.themes.theme
        width = QFontMetricsF(theme.font("label")).horizontalAdvance(self.text())
        if self._icon is not None:
            width += ICON + (ICON_GAP if self.text() else 0)
        return QSize(round(width) + 2 * self.padding, theme.control(self.nominal_height, "label"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hover.to(1.0, self.themes.theme.motion("hover"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover.to(0.0, self.themes.theme.motion("hover"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())

    def paint_content(self, painter: QPainter, text_color: str, icon_color: str) -> None:
        """Draw icon and text, the one in the middle of the box."""
        theme = self.themes.theme
        font = theme.font("label")
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        total = width
        if self._icon is not None:
            total += ICON + (ICON_GAP if self.text() else 0)
        middle = self.height() / 2
        x = round((self.width() - total) / 2)
        if self._icon is not None:
            box = QRectF(x, round(middle - ICON / 2), ICON, ICON)
            paint_icon(painter, self._icon, box, getattr(theme, icon_color))
            x += ICON + ICON_GAP
        painter.setFont(font)
        painter.setPen(getattr(theme, text_color))
        painter.drawText(QPointF(x, round(baseline(font, middle))), self.text())

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self._ring.refresh()
        self.update()


class Chip(_Choice):
    """A filter: a pill that is ink while it is chosen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ink)
            painter.drawRoundedRect(box, self.radius(), self.radius())
            self.paint_content(painter, "on_ink", "on_ink")
            return
        painter.setPen(QPen(mix(theme.line, theme.line_strong, self.hover.value), 1))
        painter.setBrush(theme.surface)
        radius = self.radius() - 0.5
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self.paint_content(painter, "text_2", "text_2")


class _Segment(_Choice):
    padding = SEGMENT_PADDING
    nominal_height = 36

    def radius(self) -> float:
        return tokens.RADIUS["button"] - SEGMENT_INSET

    def focus_shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), self.radius())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isChecked():
            color = "text_2" if self.underMouse() else "text_3"
            self.paint_content(painter, color, color)
            return
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.segment)
        radius = self.radius() - 0.5
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, radius, radius)
        self.paint_content(painter, "text", "text")


class Segmented(QWidget):
    """A few choices side by side in a sunken track; exactly one holds."""

    chosen = cast("TypedSignal[int]", Signal(int))
    """The index of what the user chose."""

    def __init__(
        self,
        themes: ThemeManager,
        texts: Sequence[str],
        *,
        name: str,
        icons: Sequence[str] = (),
        equal: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`equal` gives every segment the width of the widest."""
        super().__init__(parent)
        self._themes = themes
        self._equal = equal
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._segments = [
            _Segment(themes, text, icon=icons[index] if icons else None, parent=self)
            for index, text in enumerate(texts)
        ]
        for segment in self._segments:
            segment.setAccessibleDescription(name)
            segment.clicked.connect(self._tell)
        themes.changed.connect(self._restyle)

    def current(self) -> int:
        return next((i for i, segment in enumerate(self._segments) if segment.isChecked()), -1)

    def set_current(self, index: int) -> None:
        """Show a choice without announcing it."""
        chosen = self._segments[index]
        chosen.setChecked(True)
        for segment in self._segments:
            # Tab stops at the choice; Qt sees to that only once one of them has had the focus.
            policy = segment.focusPolicy() & ~Qt.FocusPolicy.TabFocus
            segment.setFocusPolicy(
                policy | Qt.FocusPolicy.TabFocus if segment is chosen else policy
            )

    def segment(self, index: int) -> QRadioButton:
        return self._segments[index]

    def sizeHint(self) -> QSize:
        widths = self._widths()
        height = self._segments[0].sizeHint().height()
        return QSize(sum(widths) + 2 * SEGMENT_INSET, height + 2 * SEGMENT_INSET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = self._widths()
        spare = self.width() - 2 * SEGMENT_INSET - sum(widths)
        x = SEGMENT_INSET
        for index, (segment, natural) in enumerate(zip(self._segments, widths, strict=True)):
            left = len(widths) - index
            share = max(0, spare) // left
            spare -= share
            width = natural + share
            segment.setGeometry(x, SEGMENT_INSET, width, self.height() - 2 * SEGMENT_INSET)
            x += width

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._themes.theme.sunken)
        radius = tokens.RADIUS["button"]
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)

    def _widths(self) -> list[int]:
        widths = [segment.sizeHint().width() for segment in self._segments]
        return [max(widths)] * len(widths) if self._equal else widths

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.current())

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
