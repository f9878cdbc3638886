"""Says in one sentence why no window can be opened, instead of letting Qt abort.

Only `no_display` and `open_application` run in a start that works; both cost next to nothing.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from app.domain.errors import WarmdownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication


class StartError(WarmdownError):
    """The window cannot be opened here."""


# What Qt's wheels take from the system, and the Debian package that brings it.
_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Only a Wayland session needs these, and it has them; without one Qt takes the X libraries.
_WAYLAND_ONLY = {"libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"}

_NO_DISPLAY = (
    "Warmdown needs a display: start it from a desktop session, over SSH with `ssh -X`, "
    "or without a screen with `xvfb-run warmdown`."
)
_LIBRARY = re.compile(r"\blib[\w.+-]+\.so[.\d]*")


def no_display(env: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the sentence to show where the environment names no display; None where it does."""
    if platform != "linux" or env.get("QT_QPA_PLATFORM"):
        return None
    return None if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") else _NO_DISPLAY


def explain_import(
    error: ImportError, is_missing: Callable[[str], bool] | None = None
) -> str | None:
    """Return the sentence for a Qt that could not be imported; None where that is not the matter.

    `is_missing` tells of a library's file name whether the system lacks it.
    """
    text = str(error)
    if isinstance(error, ModuleNotFoundError):
        name = (error.name or "").partition(".")[0]
        if name not in {"PySide6", "shiboken6"}:
            return None
        return (
            "Warmdown needs PySide6, which is not installed here: "
            "pip install PySide6-Essentials PySide6-Addons"
        )
    if "GLIBC" in text:
        return (
            "Warmdown needs a newer system: its window toolkit is built for "
            "glibc 2.34, as in Debian 12 or Ubuntu 22.04."
        )
    named = _LIBRARY.search(text)
    if named is None:
        return None
    return _name_packages([named[0], *_missing_libraries(is_missing or _is_missing)])


def open_application(
    arguments: Sequence[str], make: Callable[[list[str]], QApplication]
) -> QApplication:
    """Return `make(arguments)`, the application; StartError where no display takes it.

    Qt aborts the process when the display cannot be reached. With a platform to fall back to it
    does not, and what it complained about tells why.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return make(list(arguments))
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415  (Qt may be what is missing)

    complaints: list[tuple[QtMsgType, QMessageLogContext, str]] = []
    previous = qInstallMessageHandler(
        lambda kind, context, text: complaints.append((kind, context, text))
    )
    try:
        application = make([*arguments, "-platform", _platforms(os.environ)])
    finally:
        qInstallMessageHandler(previous)
    if application.platformName() == "offscreen":
        raise StartError(explain_platform(os.environ))
    for kind, context, text in complaints:
        if previous is None:
            sys.stderr.write(f"{text}\n")
        else:
            previous(kind, context, text)
    return application


def explain_platform(
    env: Mapping[str, str], is_missing: Callable[[str], bool] | None = None
) -> str:
    """Return the sentence for a display that is named but did not take the window."""
    if libraries := _missing_libraries(is_missing or _is_missing):
        return _name_packages(libraries)
    name = env.get("WAYLAND_DISPLAY") or env.get("DISPLAY", "")
    return (
        f"Warmdown cannot reach the display {name!r}: start it from a desktop session, "
        "over SSH with `ssh -X`, or without a screen with `xvfb-run warmdown`."
    )


def _platforms(env: Mapping[str, str]) -> str:
    """Return Qt's own order for this session, and at its end one that always opens."""
    wayland = env.get("WAYLAND_DISPLAY") or env.get("XDG_SESSION_TYPE") == "wayland"
    return "wayland;xcb;offscreen" if wayland else "xcb;offscreen"


def _missing_libraries(is_missing: Callable[[str], bool]) -> list[str]:
    return [name for name in _PACKAGE_OF if name not in _WAYLAND_ONLY and is_missing(name)]


def _is_missing(library: str) -> bool:
    import ctypes  # noqa: PLC0415  (4 ms that a start that works does not pay)

    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def _name_packages(libraries: Iterable[str]) -> str:
    names = list(dict.fromkeys(libraries))
    packages = [_PACKAGE_OF[name] for name in names if name in _PACKAGE_OF]
    sentence = f"Warmdown needs libraries that this system lacks ({', '.join(names)})"
    if not packages:
        return f"{sentence}; the package manager of this system has them."
    return f"{sentence}; on Debian or Ubuntu: sudo apt install {' '.join(packages)}"
