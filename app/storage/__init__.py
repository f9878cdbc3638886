"""Disk and SQLite: routine files, settings, history, folders."""
