"""The floor: a bare window with one label, in nothing but PySide6."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("floor")
window.setCentralWidget(QLabel("<h1>00:45</h1>Hello floor"))
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
