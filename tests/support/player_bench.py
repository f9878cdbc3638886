"""The player's page with a session on it, and keys as the window system sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_player import LIBRARY, STEP, Rig
from figures import new_figures
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.settings import MotionChoice, Settings, ThemeChoice
from app.ui.pages.player.page import PlayerPage
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.figures import Figures

STILL = Settings(theme=ThemeChoice.LIGHT, motion=MotionChoice.REDUCED)
MOVING = Settings(theme=ThemeChoice.LIGHT, motion=MotionChoice.FULL)


class Bench:
    """A page with a session on it."""

    def __init__(
        self, qtbot: QtBot, rig: Rig, settings: Settings, figures: Figures | None = None
    ) -> None:
        self.rig = rig
        self.player = rig.player
        themes = ThemeManager(QGuiApplication.styleHints(), settings, player=True)
        self.page = PlayerPage(
            themes,
            figures or new_figures(),
            volume=settings.volume,
            tones=settings.tones,
            voice=settings.voice,
            locale=QLocale("en_GB"),
            now=rig.now,
        )
        themes.setParent(self.page)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show_session(rig.player, LIBRARY)
        self.page.show()
        rig.player.start()
        self.page.setFocus()
        self.parts = self.page.parts

    def go(self, name: str, *, into_ms: int = 0, changeover: bool = False) -> None:
        self.rig.go(STEP[name], into_ms=into_ms, changeover=changeover)
        self.page._tick()

    def advance(self, ms: int) -> None:
        self.rig.advance(ms)
        self.page._tick()

    @property
    def step(self) -> int:
        return self.player.position().segment.step

    @property
    def digits(self) -> str:
        return self.parts.ring.frame.digits


def press(
    widget: QWidget,
    key: Qt.Key,
    text: str = "",
    *,
    repeat: bool = False,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key as the window system does: first as a shortcut, then as a key."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text, repeat)
    QApplication.sendEvent(widget, override)
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, repeat))
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, modifiers, text))
