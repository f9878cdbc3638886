"""The whole window without a screen: settings of a cue set, an export, and a session; prints JSON."""

import json
import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Window
from app.storage.paths import user_folders
from app.ui.pages.settings.page import SettingsPage
from app.ui.rail import Page

SETTLED_MS = 300


def look(window: Window) -> dict[str, Any]:
    """Do what the settings page offers for a cue set, then start a session."""
    window._window.show_page(Page.SETTINGS)
    page = window._window.page_widget(Page.SETTINGS)
    assert isinstance(page, SettingsPage)
    sound = window._window_sound()
    page.sound.show_folder.click()
    toast = window._window.toast
    found: dict[str, Any] = {"said": toast.text if toast is not None else ""}
    found["made"] = (user_folders().data / "cue-sets").exists()
    sound._stop_reading()
    page.sound.cue_set._choose(1)
    found["reads"] = sound._reading is not None
    window._export(window._library.listing().cards[0])
    assert window._exports is not None
    found["sessions"] = window._exports._exporter._sessions_so_far()  # type: ignore[attr-defined]
    page.sound.say.click()
    found["tries"] = sound._trying.isActive()
    window._flow.start("desk-break")
    sound._try_to_say()
    found["tries_in_session"] = sound._trying.isActive()
    return found


def main() -> None:
    """Print what was found, once."""
    application = QApplication(sys.argv[:1])
    window = Window(application, user_folders())

    def report() -> None:
        try:
            sys.stdout.write(json.dumps(look(window)))
        finally:
            application.exit()

    QTimer.singleShot(SETTLED_MS, report)
    window.run(None)


if __name__ == "__main__":
    main()
