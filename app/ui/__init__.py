"""The window: thin widgets and typed signals."""
