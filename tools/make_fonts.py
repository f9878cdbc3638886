"""Rebuilds resources/fonts: Inter as small TrueType files without hinting.

The woff2 files that Inter's npm package ships cost 43 ms of start-up to unpack. As TrueType, cut
down to the scripts and features that Warmdown's window can show, all seven load in a few.

    python tools/make_fonts.py        (needs the extra "assets", npm and a network)
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from npm_package import NpmPackage

INTER = NpmPackage(
    name="inter-ui",
    version="4.1.1",
    sha512=(
        "451h0J29HyOmA+JXgSi/6M12tL7ZCZ8arYKZUXiOXTJpJbAKqJvFh3k5SiV3x7tKe0C0KyrKUUiQIvvZ2PQDcA=="
    ),
)
FACES = {
    "web": ["Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"],
    "display": ["InterDisplay-Medium", "InterDisplay-SemiBold", "InterDisplay-Bold"],
}
SCRIPTS = [
    (0x0020, 0x024F),  # Latin with all its European and Vietnamese letters
    (0x0259, 0x0259),
    (0x02B0, 0x02FF),
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x218F),  # numero, trade mark, fractions
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x2265),  # minus, not equal, at most
    (0x25A0, 0x25CF),
    (0x2713, 0x2717),
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "case", "tnum", "cv01", "ss01"]
ROOT = Path(__file__).parents[1]


def small_face(woff2: bytes) -> bytes:
    """Return one face as TrueType, cut down. The same input gives the same bytes."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(woff2), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for low, high in SCRIPTS for code in range(low, high + 1)])
    cutter.subset(font)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    files = INTER.fetch()
    fonts, licenses = ROOT / "resources/fonts", ROOT / "resources/licenses"
    for folder, names in FACES.items():
        for name in names:
            face = small_face(files[f"{folder}/{name}.woff2"])
            (fonts / f"{name}.ttf").write_bytes(face)
            print(f"{name}.ttf  {len(face) / 1024:.0f} KiB")
    (licenses / "Inter-OFL-1.1.txt").write_bytes(files["LICENSE.txt"])


if __name__ == "__main__":
    main()
