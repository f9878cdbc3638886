"""What adds to the editor's list: the bar below a block, the button for a block, the empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui.pages.editor.words import tr
from app.ui.theme import line_baseline, mix
from app.ui.widgets.buttons import Button, ButtonKind, ButtonLook, ButtonSize
from app.ui.widgets.paint import text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent

    from app.domain.editing import PartId
    from app.ui.theme import Theme, ThemeManager

HEIGHT: Final = 48
DASH: Final = (4.0, 3.0)
_ARROWS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


def _bar_look(theme: Theme) -> ButtonLook:
    return ButtonLook(fill=None, text=theme.text_2)


class AddBar(Button):
    """Adds an exercise to its block. That of the current block has a dashed line around it."""

    def __init__(self, themes: ThemeManager, block: PartId, parent: QWidget) -> None:
        super().__init__(
            themes,
            tr("Add exercise"),
            kind=ButtonKind.GHOST,
            icon="plus",
            look=_bar_look,
            parent=parent,
        )
        self.block = block
        self._is_current = True

    def set_current(self, current: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Stand out, and be reached by Tab."""
        if current != self._is_current:
            self._is_current = current
            # With fifty blocks Tab must not stop at fifty bars.
            self.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
            )
            self.update()

    @property
    def is_current(self) -> bool:
        return self._is_current

    def box_height(self) -> int:
        return self.height() or HEIGHT

    def box(self) -> QRectF:
        return QRectF(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hover, color = self._hover.value, theme.text_2 if self._is_current else theme.text_3
        if self.isDown() or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            ground = mix(theme.bg, theme.sunken, 1.0 if self.isDown() else 0.6 * hover)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.box(), self.radius(), self.radius())
        if self._is_current:
            pen = QPen(mix(theme.line_strong, theme.text_2, hover), 1)
            pen.setDashPattern(list(DASH))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = self.radius() - 0.5
            painter.drawRoundedRect(self.box().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self.paint_content(painter, mix(color, theme.text, hover))


class EmptyList(QWidget):
    """What stands in place of the blocks of a routine that has none."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.add = Button(
            themes, tr("Add exercise"), kind=ButtonKind.SECONDARY, icon="plus", parent=self
        )
        self.paste = Button(
            themes, tr("Paste a list"), kind=ButtonKind.SECONDARY, icon="list", parent=self
        )
        self.setAccessibleName(f"{self._title()} {self._text()}")

    @staticmethod
    def _title() -> str:
        return tr("Nothing in it yet")

    @staticmethod
    def _text() -> str:
        return tr("Add exercises one by one, or paste a list.")

    def _lines(self) -> tuple[tuple[str, str, str], ...]:
        return (self._title(), "title_m", "text"), (self._text(), "body", "text_2")

    def place(self, width: int) -> int:
        """Take a width; return the height that goes with it."""
        theme = self._themes.theme
        y = 48 + sum(theme.line_height(role) + 4 for _, role, _ in self._lines()) + 20
        sizes = [button.sizeHint() for button in (self.add, self.paste)]
        total = sum(size.width() for size in sizes) + 12
        beside = total <= width
        x = (width - total) // 2
        for button, size in zip((self.add, self.paste), sizes, strict=True):
            if beside:
                button.setGeometry(x, y, size.width(), size.height())
                x += size.width() + 12
            else:
                button.setGeometry((width - size.width()) // 2, y, size.width(), size.height())
                y += size.height() + 12
        height = y + (sizes[0].height() if beside else 0) + 48
        self.resize(width, height)
        return height

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        y = 48
        for text, role, name in self._lines():
            font, height = theme.font(role), theme.line_height(role)
            color: QColor = getattr(theme, name)
            painter.setFont(font)
            painter.setPen(color)
            x = round((self.width() - text_width(font, text)) / 2)
            painter.drawText(x, round(line_baseline(font, y, height)), text)
            y += height + 4


def bar_size(theme: Theme) -> QSize:
    """Return the least size of a bar at this text size."""
    return QSize(tokens.SIZE["hit_min"], theme.control(HEIGHT))


def block_button(themes: ThemeManager, parent: QWidget) -> Button:
    """Return the button that adds a block."""
    return Button(
        themes,
        tr("Add block"),
        kind=ButtonKind.GHOST,
        size=ButtonSize.SMALL,
        icon="plus",
        parent=parent,
    )
