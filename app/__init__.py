"""Warmdown: guided warm-ups, holds and core sets for runners."""

__version__ = "0.1.0"
