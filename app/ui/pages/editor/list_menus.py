"""The menus of steps and blocks in the editor's list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt

from app.ui.pages.editor.words import amount_of_time, tr
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.editing import BlockPart, PartId
    from app.ui.theme import ThemeManager

RESTS_MS: Final = (0, 15_000, 30_000, 45_000, 60_000, 90_000)


class ListActions(Protocol):
    """What the menus ask of the list; all of it is about what is selected."""

    def duplicate(self) -> None: ...
    def move(self, by: int) -> None: ...
    def cut(self) -> None: ...
    def copy(self) -> None: ...
    def paste(self) -> None: ...
    def remove(self) -> None: ...
    def can_paste(self) -> bool: ...
    def set_optional(self, block: PartId, optional: bool) -> None: ...  # noqa: FBT001
    def set_rest(self, block: PartId, rest_ms: int) -> None: ...


def list_menu(
    themes: ThemeManager,
    actions: ListActions,
    block: BlockPart | None,
    parent: QWidget,
    *,
    rename: Callable[[], object] | None,
    count: int,
    read_only: bool,
) -> Menu:
    """Return the menu of a block (not None), which can be renamed, or of `count` selected steps."""
    menu = Menu(themes, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if read_only:
        menu.add(tr("Copy"), actions.copy, icon_name="copy")
        return menu
    if rename is not None:
        menu.add(tr("Rename"), rename, icon_name="pencil")
    menu.add(tr("Duplicate"), actions.duplicate, icon_name="copy")
    menu.add(tr("Move up"), partial(actions.move, -1), icon_name="arrow-up")
    menu.add(tr("Move down"), partial(actions.move, 1), icon_name="arrow-down")
    if block is not None:
        menu.addSeparator()
        _add_block_settings(themes, menu, actions, block)
    menu.addSeparator()
    menu.add(tr("Cut"), actions.cut)
    menu.add(tr("Copy"), actions.copy)
    menu.add(tr("Paste after"), actions.paste).setEnabled(actions.can_paste())
    menu.addSeparator()
    if block is not None:
        text = tr("Remove block")
    elif count > 1:
        text = tr("Remove {count} steps").format(count=count)
    else:
        text = tr("Remove")
    menu.add(text, actions.remove, icon_name="trash-2")
    return menu


def _add_block_settings(
    themes: ThemeManager, menu: Menu, actions: ListActions, block: BlockPart
) -> None:
    menu.add(
        tr("Optional"),
        partial(actions.set_optional, block.id, not block.optional),
        checked=block.optional,
    )
    rests = Menu(themes, menu)
    rests.setTitle(tr("Rest between rounds"))
    known = block.rest_ms in RESTS_MS
    for rest_ms in RESTS_MS if known else (*RESTS_MS, block.rest_ms):
        text = amount_of_time(rest_ms) if rest_ms else tr("None")
        rests.add(
            text, partial(actions.set_rest, block.id, rest_ms), checked=rest_ms == block.rest_ms
        )
    menu.addMenu(rests)
