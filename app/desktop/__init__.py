"""What the desktop offers around the window, one module each."""
