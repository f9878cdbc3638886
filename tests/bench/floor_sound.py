"""The floor of a command: a bare QAudioSink that plays a tone from memory once it is told to.

It prints the monotonic time of the start and goes on until its input ends.
"""

import sys
import time
import wave

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QTimer
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

LISTENED_MS = 2_000
app = QCoreApplication(sys.argv)
form = QAudioFormat()
form.setSampleRate(48_000)
form.setChannelCount(2)
form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
with wave.open(sys.argv[1]) as file:
    pcm = file.readframes(file.getnframes())
sound = QBuffer()
sound.setData(pcm + bytes(2 * 48_000 * 4))
sound.open(QIODevice.OpenModeFlag.ReadOnly)
sink = QAudioSink(QMediaDevices.defaultAudioOutput(), form)


def begin() -> None:
    print(time.monotonic(), flush=True)
    sink.start(sound)


QTimer.singleShot(500, begin)
QTimer.singleShot(500 + LISTENED_MS, app.quit)
sys.exit(app.exec())
