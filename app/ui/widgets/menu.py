"""Menus in the look of the design."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.icons import icon
from app.ui.theme import Theme, ThemeManager

if TYPE_CHECKING:
    from collections.abc import Callable

RADIUS = 12
ICON = 18

_STYLE = """
QMenu {{ background: {surface}; border: 1px solid {line}; border-radius: {radius}px;
  padding: 6px; font-size: {px}px; color: {text}; }}
QMenu::item {{ padding: {pad}px 20px {pad}px 12px; border-radius: 8px; min-width: 140px; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::item:disabled {{ color: {quiet}; }}
QMenu::icon {{ padding-left: 12px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 12px; }}
"""


class Menu(QMenu):
    """A popup of actions. Made when it is opened, so that it costs a start nothing."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        # Without a compositor a translucent corner is black, so that on X11 corners are cut out.
        self._is_cut = QGuiApplication.platformName() == "xcb"
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        if not self._is_cut:
            self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setStyleSheet(_style(themes.theme))

    def add(
        self,
        text: str,
        chosen: "Callable[[], object]",
        *,
        icon_name: str | None = None,
        checked: bool | None = None,
    ) -> QAction:
        """Add an action; `checked` (not None) shows a tick where it holds."""
        action = self.addAction(text)
        theme = self._themes.theme
        name = icon_name
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
            name = "check" if checked else None
        if name is not None:
            action.setIcon(icon(name, ICON, theme.text_2, self.devicePixelRatioF()))
        action.triggered.connect(_Call(chosen))
        return action

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_cut:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))


class _Call:
    """A slot that drops the signal's argument."""

    def __init__(self, wanted: "Callable[[], object]") -> None:
        self._wanted = wanted

    def __call__(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  (Qt's signal)
        self._wanted()


def _style(theme: Theme) -> str:
    return _STYLE.format(
        surface=theme.surface.name(),
        line=theme.line.name(),
        selected=theme.selected.name(),
        text=theme.text.name(),
        quiet=theme.text_3.name(),
        radius=RADIUS,
        px=theme.font("body").pixelSize(),
        pad=max(8, (theme.control(40) - theme.line_height("body")) // 2),
    )
