"""Shares the drawing of many figures out over the event loop's turns: no frame waits for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ui.theme import ThemeManager

TURN_MS: Final = 6.0
"""What drawing may take of one turn. One figure takes as long, a frame of 60 a second 16."""
_NS_IN_MS: Final = 1_000_000


class Drawn(Protocol):
    """A card with a figure."""

    @property
    def figure_key(self) -> str:
        """Equal where the picture is the same."""
        ...

    def update(self) -> None: ...

    def draw_ahead(self) -> None:
        """Have the figure drawn, though the card is not seen yet."""
        ...


class DrawingQueue(QObject):
    """Knows which figures are drawn; the others follow, those that are seen first."""

    def __init__(self, themes: ThemeManager, parent: QObject) -> None:
        super().__init__(parent)
        self._drawn: set[str] = set()
        self._waiting: dict[str, Drawn] = {}
        self._cards: list[Drawn] = []
        self._ahead: list[Drawn] = []
        self._spent_ns = 0
        self._awake = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)
        themes.changed.connect(self._forget)

    @property
    def is_done(self) -> bool:
        """Whether every figure was drawn that was asked for."""
        return not self._waiting and all(card.figure_key in self._drawn for card in self._ahead)

    def expect(self, cards: Sequence[Drawn]) -> None:
        """Draw these ahead of time, in this order, whenever there is nothing else to do.

        Other cards are forgotten: they may be gone by now.
        """
        self._cards, self._ahead = list(cards), list(cards)
        staying = set(map(id, cards))
        self._waiting = {key: card for key, card in self._waiting.items() if id(card) in staying}
        self._wake()

    def set_awake(self, *, awake: bool) -> None:
        """Rest while nobody sees the cards."""
        self._awake = awake
        if awake:
            self._wake()
        else:
            self._turn.stop()

    def paint(self, card: Drawn, paint: Callable[[], None]) -> None:
        """Call `paint` if the figure was drawn before or there is time; else the card is later."""
        if card.figure_key in self._drawn:
            paint()
            return
        if self._awake and self._spent_ns >= TURN_MS * _NS_IN_MS:
            self._waiting[card.figure_key] = card
        else:
            self._draw(card, paint)
        # Also where there was time: what it took counts for this turn only.
        self._wake()

    def _draw(self, card: Drawn, draw: Callable[[], None]) -> None:
        clock = QElapsedTimer()
        clock.start()
        draw()
        self._spent_ns += clock.nsecsElapsed()
        self._drawn.add(card.figure_key)
        self._waiting.pop(card.figure_key, None)

    def _wake(self) -> None:
        if self._awake and not self._turn.isActive() and (self._spent_ns or not self.is_done):
            self._turn.start()

    @Slot()
    def _go_on(self) -> None:
        self._spent_ns = 0
        if self._waiting:
            # Painted in this turn as far as there is time; the rest asks again.
            waiting, self._waiting = self._waiting, {}
            for card in waiting.values():
                card.update()
        else:
            self._draw_next()
        self._wake()

    def _draw_next(self) -> None:
        while self._ahead and self._spent_ns < TURN_MS * _NS_IN_MS:
            card = self._ahead.pop(0)
            if card.figure_key not in self._drawn:
                self._draw(card, card.draw_ahead)

    @Slot()
    def _forget(self) -> None:
        """Know nothing of what was drawn in another theme's colours."""
        self._drawn.clear()
        self._waiting.clear()
        self._ahead = list(self._cards)
        self._wake()
