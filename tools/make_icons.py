"""Rebuilds resources/icons from Lucide, with a few of Tabler's for what Lucide lacks.

Every icon is one line on a 24 grid, drawn in `currentColor` with a stroke of 1.75; whoever loads it
puts the colour (and at 20 px and below a stroke of 2) in. Play and pause are solid.

    python tools/make_icons.py        (needs npm and a network)
"""

from __future__ import annotations

import re
from pathlib import Path

from npm_package import NpmPackage

LUCIDE = NpmPackage(
    name="lucide-static",
    version="1.62.0",
    sha512=(
        "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA=="
    ),
)
TABLER = NpmPackage(
    name="@tabler/icons",
    version="3.51.0",
    sha512=(
        "0pinvPZz7YeX+OSfxuEAbnEPWbocVXW5iU8h5lh41pYG8sZuQfpWECC980lxOT0clGIcNGn8xsBr+zKaRGdA/g=="
    ),
)
FROM_LUCIDE = """
    armchair arrow-down arrow-left arrow-right arrow-up bell bell-off book-open calendar-days check
    chevron-down chevron-left chevron-right chevron-up circle circle-alert circle-check
    circle-dashed circle-help clock copy download dumbbell ellipsis ellipsis-vertical
    external-link eye eye-off file-pen file-warning file-x flag folder folder-open footprints
    grip-vertical headphones heart-pulse history house import info keyboard languages layers
    library list maximize minimize minus monitor moon palette panel-left panel-right pause pen-line
    pencil person-standing pin pin-off play plus redo-2 refresh-cw repeat rotate-ccw rotate-cw save
    scroll search settings-2 skip-back skip-forward sofa speech square square-check stretch-horizontal
    sun sun-moon sunrise sunset target timer trash-2 triangle-alert type undo-2 upload volume
    volume-1 volume-2 volume-x waves wind x zap
"""
FROM_TABLER = "ball-tennis exercise-ball run stairs stretching stretching-2 wall walk yoga"
SOLID = {"pause", "play"}
SLASH = '<path d="m2 2 20 20"/>'

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
    'fill="{fill}" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
    'stroke-linejoin="round">'
)
ROOT = Path(__file__).parents[1]


def shapes(svg: str) -> str:
    """Return what is drawn, on one line and without Tabler's invisible frame."""
    inner = re.sub(r"^.*?<svg\b[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
    inner = re.sub(r'<path stroke="none"[^>]*/>', "", inner)
    return re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", inner.strip()))


def icon(drawing: str, *, fill: str = "none") -> str:
    return HEAD.format(fill=fill) + drawing + "</svg>\n"


def main() -> None:
    lucide, tabler = LUCIDE.fetch(), TABLER.fetch()
    icons = {
        name: icon(
            shapes(lucide[f"icons/{name}.svg"].decode()),
            fill="currentColor" if name in SOLID else "none",
        )
        for name in FROM_LUCIDE.split()
    }
    icons["speech-off"] = icon(shapes(lucide["icons/speech.svg"].decode()) + SLASH)
    icons |= {
        name: icon(shapes(tabler[f"icons/outline/{name}.svg"].decode()))
        for name in FROM_TABLER.split()
    }
    for name, svg in icons.items():
        (ROOT / f"resources/icons/{name}.svg").write_text(svg, "utf-8")
    licenses = ROOT / "resources/licenses"
    (licenses / "Lucide-ISC.txt").write_bytes(lucide["LICENSE"])
    (licenses / "Tabler-Icons-MIT.txt").write_bytes(tabler["LICENSE"])
    print(f"{len(icons)} icons")


if __name__ == "__main__":
    main()
