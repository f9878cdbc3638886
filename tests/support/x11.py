"""Just enough of the X protocol to see windows appear, read their pixels and close them."""

from __future__ import annotations

import array
import select
import socket
import struct
import time
import zlib
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAP_NOTIFY = 19
SMALLEST = (40, 20)


@dataclass(frozen=True, slots=True)
class Geometry:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Window:
    id: int
    geometry: Geometry


class X11:
    """A connection to the server of `display`, a number. One thread only."""

    def __init__(self, display: int) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"\0/tmp/.X11-unix/X{display}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        head = self._read(8)
        if head[0] != 1:
            raise ConnectionError("the X server refused the connection")
        setup = self._read(4 * struct.unpack("<H", head[6:8])[0])
        (vendor,) = struct.unpack("<H", setup[16:18])
        screen = 32 + ((vendor + 3) & ~3) + 8 * setup[21]
        (self._root,) = struct.unpack("<I", setup[screen : screen + 4])
        self.width, self.height = struct.unpack("<HH", setup[screen + 20 : screen + 24])
        self._sequence = 0
        self._events: deque[tuple[float, bytes]] = deque()
        # SubstructureNotify on the root: a MapNotify for every top-level window, without polling.
        self._send(struct.pack("<BxHIII", 2, 4, self._root, 0x800, 0x00080000))
        self._sync()

    def close(self) -> None:
        self._socket.close()

    def forget_events(self) -> None:
        self._sync()
        self._events.clear()

    def wait_for_map(self, until: float) -> float | None:
        """Return the moment (`time.perf_counter`) at which the next real window was mapped.

        None once `until` has passed.
        """
        while (left := until - time.perf_counter()) > 0:
            if self._events:
                moment, message = self._events.popleft()
            elif select.select([self._socket], [], [], left)[0]:
                moment, message = time.perf_counter(), self._message()
            else:
                return None
            if message[0] & 0x7F == MAP_NOTIFY:
                geometry = self._geometry(struct.unpack("<I", message[8:12])[0])
                if geometry is not None and _is_real(geometry):
                    return moment
        return None

    def windows(self) -> list[Window]:
        """Return the visible top-level windows, largest first."""
        self._send(struct.pack("<BxHI", 15, 2, self._root))
        tree = self._reply() or b""
        found = []
        for (window,) in struct.iter_unpack("<I", tree[32:]):
            self._send(struct.pack("<BxHI", 3, 2, window))
            attributes = self._reply()
            visible, input_output = 2, 1
            if (
                attributes
                and attributes[26] == visible
                and struct.unpack("<H", attributes[12:14])[0] == input_output
            ):
                geometry = self._geometry(window)
                if geometry is not None and _is_real(geometry):
                    found.append(Window(window, geometry))
        return sorted(found, key=lambda w: -w.geometry.width * w.geometry.height)

    def pid_of(self, window: Window) -> int | None:
        """Return the process that says it owns the window."""
        cardinal = 6
        property_ = self._atom("_NET_WM_PID")
        self._send(struct.pack("<BBHIIIII", 20, 0, 6, window.id, property_, cardinal, 0, 1))
        reply = self._reply()
        if not reply or len(reply) < 36:
            return None
        pid: int = struct.unpack("<I", reply[32:36])[0]
        return pid

    def focus(self, window: Window) -> None:
        """Give it the keyboard: without a window manager nobody else does."""
        self._send(struct.pack("<BBHII", 42, 1, 3, window.id, 0))
        self._sync()

    def resize(self, window: Window, width: int, height: int) -> None:
        x_y_width_height = 0b1111
        self._send(
            struct.pack("<BxHIHxxIIII", 12, 7, window.id, x_y_width_height, 0, 0, width, height)
        )
        self._sync()

    def ask_to_close(self, window: Window) -> None:
        """Send what a window manager sends when its close button is pressed."""
        protocols, delete = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        message = struct.pack("<BBHIIIIIII", 33, 32, 0, window.id, protocols, delete, 0, 0, 0, 0)
        self._send(struct.pack("<BBHII", 25, 0, 11, window.id, 0) + message)
        self._sync()

    def sample(self, geometry: Geometry, rows: int = 40) -> bytes:
        """Return up to `rows` full-width rows of the pixels visible there, four bytes each."""
        left, top = max(0, geometry.x), max(0, geometry.y)
        right = min(self.width, geometry.x + geometry.width)
        bottom = min(self.height, geometry.y + geometry.height)
        if right <= left or bottom <= top:
            return b""
        step = max(1, (bottom - top) // rows)
        return b"".join(
            self._pixels(left, y, right - left, 1) for y in range(top + step // 2, bottom, step)
        )

    def has_content(self, geometry: Geometry, *, colours: int = 4, ink: float = 0.003) -> bool:
        """Whether more is to be seen there than one plain colour."""
        counts = Counter(array.array("I", self.sample(geometry)))
        if not counts:
            return False
        commonest = counts.most_common(1)[0][1]
        return len(counts) >= colours and 1 - commonest / counts.total() >= ink

    def screenshot(self, path: Path, geometry: Geometry | None = None) -> None:
        """Write a PNG of the whole screen, or of one place on it."""
        area = geometry or Geometry(0, 0, self.width, self.height)
        rows = bytearray()
        for y in range(area.y, area.y + area.height):
            pixels = self._pixels(area.x, y, area.width, 1)
            row = bytearray(3 * area.width)
            row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
            rows += b"\0" + row
        header = struct.pack(">IIBBBBB", area.width, area.height, 8, 2, 0, 0, 0)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _png_chunk(b"IHDR", header)
            + _png_chunk(b"IDAT", zlib.compress(bytes(rows), 6))
            + _png_chunk(b"IEND", b"")
        )

    def _atom(self, name: str) -> int:
        raw = name.encode()
        padded = raw + b"\0" * (-len(raw) % 4)
        self._send(struct.pack("<BBHHxx", 16, 0, 2 + len(padded) // 4, len(raw)) + padded)
        reply = self._reply()
        if reply is None:
            raise ConnectionError(f"the X server does not know {name}")
        atom: int = struct.unpack("<I", reply[8:12])[0]
        return atom

    def _geometry(self, window: int) -> Geometry | None:
        self._send(struct.pack("<BxHI", 14, 2, window))
        reply = self._reply()
        return Geometry(*struct.unpack("<hhHH", reply[12:20])) if reply else None

    def _pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        request = (73, 2, 5, self._root, x, y, width, height, 0xFFFFFFFF)
        self._send(struct.pack("<BBHIhhHHI", *request))
        reply = self._reply()
        return reply[32:] if reply else b"\0" * (4 * width * height)

    def _sync(self) -> None:
        self._geometry(self._root)

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            part = self._socket.recv(size - len(data))
            if not part:
                raise ConnectionError("the X server closed the connection")
            data += part
        return bytes(data)

    def _send(self, request: bytes) -> None:
        self._socket.sendall(request)
        self._sequence = (self._sequence + 1) & 0xFFFF

    def _message(self) -> bytes:
        message = self._read(32)
        is_reply = message[0] == 1
        return message + self._read(4 * struct.unpack("<I", message[4:8])[0] * is_reply)

    def _reply(self) -> bytes | None:
        """Return the reply to the last request; None where it was an error (window gone)."""
        while True:
            message = self._message()
            if message[0] > 1:
                self._events.append((time.perf_counter(), message))
            elif struct.unpack("<H", message[2:4])[0] == self._sequence:
                return message if message[0] == 1 else None


def _is_real(geometry: Geometry) -> bool:
    return geometry.width >= SMALLEST[0] and geometry.height >= SMALLEST[1]


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)
