"""Warmdown: guided warm-ups, holds and core sets for runners."""
