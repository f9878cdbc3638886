"""The panels beside the editor's list: the library's, and the inspector's, which may be a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.pages.editor.words import tr
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

HEAD: Final = 48
PADDING: Final = 24
_CLOSE: Final = 40


class SidePanel(QWidget):
    """A surface with a hairline towards the list; its content fills it."""

    def __init__(
        self, themes: ThemeManager, content: QWidget, parent: QWidget, *, at_end: bool = False
    ) -> None:
        """`at_end` is a panel after the list, its line at its beginning."""
        super().__init__(parent)
        self._themes = themes
        self._at_end = at_end
        self.content = content
        content.setParent(self)
        content.show()
        themes.changed.connect(self.update)

    def has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _line_is_left(self) -> bool:
        return self._at_end != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)

    def _place(self, top: int = 0) -> None:
        left = 1 if self._line_is_left() else 0
        self.content.setGeometry(left, top, self.width() - 1, self.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        x = 0 if self._line_is_left() else self.width() - 1
        painter.fillRect(QRectF(x, 0, 1, self.height()), theme.line)


class Drawer(SidePanel):
    """The inspector's panel; where it lies over the list it has a head with a cross."""

    closed = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, content: QWidget, title: str, parent: QWidget) -> None:
        super().__init__(themes, content, parent, at_end=True)
        self._is_closable = False
        self.title = Label(themes, title, role="label", color="text_2", parent=self)
        self.cross = Button(themes, kind=ButtonKind.GHOST, icon="x", name=tr("Close"), parent=self)
        self.cross.set_button_height(_CLOSE)
        self.cross.clicked.connect(self.closed.emit)
        self.title.hide()
        self.cross.hide()
        # The cross comes before the fields.
        QWidget.setTabOrder(self.cross, content)

    def set_closable(self, closable: bool) -> None:  # noqa: FBT001  (a plain setter)
        if closable != self._is_closable:
            self._is_closable = closable
            self.title.setVisible(closable)
            self.cross.setVisible(closable)
            self._place()

    def _place(self, top: int = 0) -> None:
        if not self._is_closable:
            super()._place(top)
            return
        super()._place(HEAD)
        height = self.title.sizeHint().height()
        width = self.width()
        boxes = (
            (self.title, PADDING, width - 2 * PADDING - _CLOSE, height),
            (self.cross, width - 12 - _CLOSE, _CLOSE, _CLOSE),
        )
        for widget, left, wide, high in boxes:
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = width - left - wide  # noqa: PLW2901  (the same, mirrored)
            widget.setGeometry(left, (HEAD - high) // 2, wide, high)
