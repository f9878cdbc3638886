"""The floor of a running timer: a bare window whose label counts the seconds."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
label = QLabel("300")
font = label.font()
font.setPointSize(60)
label.setFont(font)
window.setCentralWidget(label)
window.resize(1280, 800)
window.show()
left = iter(range(299, -1, -1))
timer = QTimer(window)
timer.timeout.connect(lambda: label.setText(str(next(left, 0))))
timer.start(1000)
sys.exit(app.exec())
