"""The player: a session as it runs, its state and geometry, and the screen that follows it."""
