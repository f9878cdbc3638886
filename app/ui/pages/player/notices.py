"""What the line over the stage says: a notice first, then that nothing is heard, then an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.ui.pages.player.words import translate

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal
    from app.ui.widgets.player_button import PlayerButton
    from app.ui.widgets.stage_banner import StageBanner

SHOWN_MS = 10_000
"""How long a notice stays that no pause holds."""


class Notices(QObject):
    """Owns what the banner shows, and the button that takes an offer up."""

    changed = cast("TypedSignal[()]", Signal())
    """The banner needs other room."""

    def __init__(self, banner: StageBanner, check: PlayerButton, parent: QObject) -> None:
        super().__init__(parent)
        self._banner = banner
        self._check = check
        self._notice = ""
        self._held = False
        self._heard = True
        self._offer = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._forget)
        check.hide()

    def reset(self) -> None:
        """Forget all of the session before."""
        self._timer.stop()
        self._notice, self._offer = "", ""
        self._held, self._heard = False, True
        self._show()

    def tell(self, text: str, *, held: bool) -> None:
        """Show a notice: while it is `held` until `let_go`, else for ten seconds."""
        self._notice, self._held = text, held
        if held:
            self._timer.stop()
        else:
            self._timer.start()
        self._show()

    def let_go(self) -> None:
        """Work goes on: what a pause held is over."""
        if self._held:
            self._forget()

    def show_output(self, *, heard: bool) -> None:
        self._heard = heard
        self._show()

    def offer_check(self, device: str) -> None:
        """Ask, beside the button that answers, whether an output device can be heard."""
        if device:
            text = translate("Player", "Can you hear {device} from the mat?")
            self._offer = text.format(device=device)
        else:
            self._offer = translate("Player", "Can you hear this from the mat?")
        self._show()

    def withdraw_check(self) -> None:
        if self._offer:
            self._offer = ""
            self._show()

    @Slot()
    def _forget(self) -> None:
        self._notice, self._held = "", False
        self._timer.stop()
        self._show()

    def _show(self) -> None:
        banner = self._banner
        offered = False
        if self._notice:
            banner.say("info", self._notice)
        elif not self._heard:
            text = translate("Player", "No sound output. The timer keeps going.")
            banner.say("volume-x", text)
        else:
            banner.say("volume-2" if self._offer else "info", self._offer)
            offered = bool(self._offer)
        self._check.setVisible(offered)
        self.changed.emit()
