"""The window: rail, pages and what opens over them, or the player alone; keys, toasts, place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import Shiboken

from app.ui import _tokens as tokens
from app.ui.rail import PAGE_KEYS, Page, Rail
from app.ui.rail import WIDTH as RAIL_WIDTH
from app.ui.theme import ThemeManager

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal
    from app.ui.widgets.toast import Toast

DEFAULT_SIZE: Final = (1280, 800)
RISE: Final = 24
"""How far over the bottom a toast stands, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the window stood and how large it was, in logical pixels."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False


PageFactory = Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class _SubPage:
    """A page over the rail's one, and what had the focus before it opened."""

    widget: QWidget
    focus_before: QWidget | None


class MainWindow(QWidget):
    """Shows pages by lazy factories. A page may have `focus_search()` and `focus_start()`."""

    page_shown = cast("TypedSignal[Page]", Signal(object))
    """The page that the user is looking at now: time to bring its data up to date."""
    page_left = cast("TypedSignal[QWidget]", Signal(object))
    """A page that was open over another one is about to be deleted."""
    new_requested = cast("TypedSignal[()]", Signal())
    """Ctrl+N outside the player: make a routine."""
    files_dropped = cast("TypedSignal[list[str]]", Signal(object))
    """Files were dropped on the window, by their paths."""
    keys_requested = cast("TypedSignal[()]", Signal())
    """F1 or ? in the player: it shows its own keys."""

    def __init__(
        self,
        themes: ThemeManager,
        pages: Mapping[Page, PageFactory],
        *,
        place: Place | None = None,
        save_place: Callable[[Place], object] | None = None,
        may_close: Callable[[], bool] | None = None,
    ) -> None:
        """`may_close` is asked when the window is closed; it may open a question and say no."""
        super().__init__()
        self._themes = themes
        self._factories = dict(pages)
        self._pages: dict[Page, QWidget] = {}
        self._save_place = save_place
        self._may_close = may_close
        self._page = Page.ROUTINES
        self._subs: list[_SubPage] = []
        self._takeover: QWidget | None = None
        self._toast: Toast | None = None
        self._was_maximized = False
        self.setWindowTitle("Warmdown")
        self.setMinimumSize(*tokens.MIN_WINDOW)
        self.setAutoFillBackground(False)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.rail = Rail(themes, self)
        self.rail.page_chosen.connect(self.show_page)
        self._stack = QStackedWidget(self)
        self._restore(place)
        self._add_keys()
        themes.changed.connect(self._restyle)
        self.show_page(Page.ROUTINES)

    # Pages

    @property
    def page(self) -> Page:
        return self._page

    @property
    def is_taken_over(self) -> bool:
        """Whether the player has the whole window."""
        return self._takeover is not None

    def page_widget(self, page: Page) -> QWidget | None:
        """Return a page that was already shown."""
        return self._pages.get(page)

    @Slot(object)
    def show_page(self, page: Page) -> None:
        """Go to a page; it is made when it is first shown. What was open over a page is closed."""
        if self.is_taken_over:
            return
        widget = self._pages.get(page)
        if widget is None:
            widget = self._factories[page]()
            self._pages[page] = widget
            self._stack.addWidget(widget)
        self._page = page
        self.rail.show_page(page)
        stays_in_rail = self.focusWidget() in self.rail.items()
        self._stack.setCurrentWidget(widget)
        for sub in self._subs:
            self._drop(sub)
        self._subs.clear()
        self.page_shown.emit(page)
        if self.isVisible() and not stays_in_rail:
            self._focus_page()

    def _top(self) -> QWidget:
        """Return what is shown beside the rail."""
        return self._subs[-1].widget if self._subs else self._pages[self._page]

    def _focus_page(self) -> None:
        focus_start = getattr(self._top(), "focus_start", None)
        if focus_start is not None:
            focus_start()

    # Pages over a page

    def sub_pages(self) -> tuple[QWidget, ...]:
        """Return what is open over the rail's page, the topmost last."""
        return tuple(sub.widget for sub in self._subs)

    def push(self, widget: QWidget) -> None:
        """Open a page over the current one, which stays chosen in the rail.

        The window owns it from now on and deletes it when it is left.
        """
        if self.is_taken_over:
            widget.deleteLater()
            return
        self._subs.append(_SubPage(widget, self.focusWidget()))
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self._focus_page()

    @Slot()
    def back(self) -> None:
        """Leave the topmost page; the focus goes back to where it was before."""
        if self.is_taken_over or not self._subs:
            return
        left = self._subs.pop()
        self._stack.setCurrentWidget(self._top())
        self._drop(left)
        if not self._subs:
            self.page_shown.emit(self._page)
        before = left.focus_before
        # The page below may have been shown anew meanwhile.
        if before is not None and Shiboken.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_page()

    def back_to(self, widget: QWidget) -> None:
        """Leave every page over that one."""
        while self._subs and self._subs[-1].widget is not widget:
            self.back()

    def close_sub(self, widget: QWidget) -> None:
        """Take a page away, wherever among the open ones it is."""
        if self._subs and self._subs[-1].widget is widget:
            self.back()
            return
        for sub in [sub for sub in self._subs if sub.widget is widget]:
            self._subs.remove(sub)
            self._drop(sub)

    def _drop(self, sub: _SubPage) -> None:
        self._stack.removeWidget(sub.widget)
        sub.widget.hide()
        self.page_left.emit(sub.widget)
        sub.widget.deleteLater()

    def take_over(self, widget: QWidget) -> None:
        """Give the whole window to the player."""
        from app.ui.widgets.dialog import close_dialogs  # noqa: PLC0415  (not needed to start)

        close_dialogs(self)
        if self._toast is not None:
            self._toast.dismiss()
        if self._takeover is not widget:
            self._takeover = widget
            self._stack.addWidget(widget)
        self.rail.hide()
        self._stack.setCurrentWidget(widget)
        self._place_parts()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_back(self, page: Page | None = None) -> None:
        """Show the pages again after the player, which stays the caller's."""
        if self._takeover is None:
            return
        self._stack.removeWidget(self._takeover)
        self._takeover.hide()
        self._takeover = None
        self.rail.show()
        self._place_parts()
        self.show_page(page or self._page)

    # Toasts

    def say(
        self, text: str, *, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Say something at the bottom for six seconds, with at most one action."""
        if self._toast is None:
            from app.ui.widgets.toast import Toast  # noqa: PLC0415  (made when there is a text)

            self._toast = Toast(self._themes, self)
        # Over the player it stays clear of the controls, if the page says where they are.
        self._toast.set_rise(getattr(self._takeover, "toast_rise", RISE))
        self._toast.say(text, action_text=action_text, action=action)

    @property
    def toast(self) -> "Toast | None":
        return self._toast

    # Keys

    def _add_keys(self) -> None:
        for page, keys in PAGE_KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setProperty("page", page.value)
            shortcut.activated.connect(self._go_to_page)
        for keys in ("/", "Ctrl+F"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._search)
        for keys in ("F1", "?"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.show_keys)
        for keys in ("Alt+Left", "Back"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._back_by_key)
        QShortcut(QKeySequence.StandardKey.New, self).activated.connect(self._new)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.toggle_full_screen)

    @Slot()
    def _go_to_page(self) -> None:
        # What is asked over a page is about that page.
        if self._dialog_is_open():
            return
        self.show_page(Page(self.sender().property("page")))

    @Slot()
    def _new(self) -> None:
        if not self.is_taken_over and not self._dialog_is_open():
            self.new_requested.emit()

    @Slot()
    def _search(self) -> None:
        if self.is_taken_over or self._dialog_is_open():
            return
        if not hasattr(self._top(), "focus_search"):
            has_search = hasattr(self._pages[self._page], "focus_search")
            self.show_page(self._page if has_search else Page.ROUTINES)
        focus_search = getattr(self._top(), "focus_search", None)
        if focus_search is not None:
            focus_search()

    @Slot()
    def _back_by_key(self) -> None:
        if not self._dialog_is_open():
            self.back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # No shortcut: fields and dialogs have a use for Esc of their own, and hear it first.
        if event.key() == Qt.Key.Key_Escape and self._subs and not self.is_taken_over:
            self.back()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton and not self._dialog_is_open():
            self.back()
            return
        super().mousePressEvent(event)

    @Slot()
    def show_keys(self) -> None:
        """Show the keys over the window; in the player it shows its own."""
        if self.is_taken_over:
            self.keys_requested.emit()
            return
        if self._dialog_is_open():
            return
        from app.ui.keys_dialog import keys_dialog  # noqa: PLC0415  (made when it is opened)

        keys_dialog(self._themes, self).open()

    def _dialog_is_open(self) -> bool:
        from app.ui.widgets.dialog import Dialog  # noqa: PLC0415

        return any(dialog.isVisible() for dialog in self.findChildren(Dialog))

    # Full screen and place

    @Slot()
    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.leave_full_screen()
        else:
            self._was_maximized = self.isMaximized()
            self.showFullScreen()

    def leave_full_screen(self) -> None:
        if not self.isFullScreen():
            return
        if self._was_maximized:
            self.showMaximized()
        else:
            self.showNormal()

    def _restore(self, place: Place | None) -> None:
        wanted = QSize(*DEFAULT_SIZE)
        if place is not None:
            wanted = QSize(place.width, place.height)
        screen = QGuiApplication.primaryScreen()
        if place is not None:
            box = QRect(place.x, place.y, place.width, place.height)
            screen = QGuiApplication.screenAt(box.center()) or screen
            # A window on a screen that is gone comes up where the system likes.
            if screen is not None and screen.availableGeometry().intersects(box):
                self.move(box.topLeft())
        if screen is not None:
            wanted = wanted.boundedTo(screen.availableGeometry().size())
        self.resize(wanted.expandedTo(self.minimumSize()))
        if place is not None and place.maximized:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def place(self) -> Place:
        """Return where the window stands, to come up there again."""
        is_plain = self.windowState() == Qt.WindowState.WindowNoState
        box = self.geometry() if is_plain else self.normalGeometry()
        # With a frame around it a window is moved by its frame's corner.
        position = self.pos() if is_plain else box.topLeft()
        return Place(
            x=position.x(),
            y=position.y(),
            width=box.width(),
            height=box.height(),
            maximized=self.isMaximized() or (self.isFullScreen() and self._was_maximized),
        )

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) and not self.is_taken_over:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = self._dropped(event)
        if files and not self.is_taken_over and not self._dialog_is_open():
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    @staticmethod
    def _dropped(event: QDropEvent) -> list[str]:
        """Return the local files of what is dropped that may be routines or lists."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in paths if path.lower().endswith((".toml", ".txt"))]

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close is not None and not self._may_close():
            event.ignore()
            return
        if self._save_place is not None:
            self._save_place(self.place())
        event.accept()

    # Looks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and not self.is_taken_over:
            self._focus_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_parts()

    def _place_parts(self) -> None:
        if self.is_taken_over:
            self._stack.setGeometry(self.rect())
            return
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.rail.setGeometry(
            self.width() - RAIL_WIDTH if mirrored else 0, 0, RAIL_WIDTH, self.height()
        )
        self._stack.setGeometry(
            0 if mirrored else RAIL_WIDTH, 0, self.width() - RAIL_WIDTH, self.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._themes.theme.bg)

    @Slot()
    def _restyle(self) -> None:
        self.update()
