"""A field that offers a list of choices."""

from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import ThemeManager, baseline
from app.ui.widgets.focus_ring import show_in_page
from app.ui.widgets.menu import Menu
from app.ui.widgets.text_fit import elide

PADDING = 14
ICON = 18


class Select(QComboBox):
    """One of a list. The user's choice comes as `activated(int)`."""

    def __init__(
        self,
        themes: ThemeManager,
        texts: list[str],
        *,
        name: str,
        width: int = 184,
        widest: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Be as wide as the widest text, from `width` to at most `widest` pixels."""
        super().__init__(parent)
        self._themes = themes
        self._width = width
        self._widest = widest
        self.addItems(texts)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._themes.theme.font("body"))
        widest = max(
            (metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0.0
        )
        width = max(self._width, round(widest) + 2 * PADDING + ICON + 12)
        if self._widest is not None:
            width = min(width, self._widest)
        return QSize(width, self._themes.theme.control(tokens.SIZE["field"]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            show_in_page(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:  # noqa: N802  (Qt's own name)
        menu = Menu(self._themes, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        actions = [
            menu.add(
                self.itemText(index),
                partial(self._choose, index),
                checked=index == self.currentIndex(),
            )
            for index in range(self.count())
        ]
        menu.setActiveAction(actions[max(0, self.currentIndex())])
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = 2 if focused else 1
        painter.setPen(QPen(theme.ink if focused else theme.line_strong, width))
        painter.setBrush(theme.surface)
        inset = width / 2
        radius = tokens.RADIUS["field"] - inset
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.text)
        metrics = QFontMetricsF(font)
        middle = self.height() / 2
        text = elide(
            self.currentText(), self.width() - 2 * PADDING - ICON - 8, metrics.horizontalAdvance
        )
        painter.drawText(QPointF(PADDING, round(baseline(font, middle))), text)
        chevron = QRectF(self.width() - PADDING - ICON + 2, round(middle - ICON / 2), ICON, ICON)
        paint_icon(painter, "chevron-down", chevron, theme.text_2)

    def _choose(self, index: int) -> None:
        self.setCurrentIndex(index)
        self.activated.emit(index)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
