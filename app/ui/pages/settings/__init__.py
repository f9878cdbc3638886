"""The settings page: everything changes at once, nothing needs saving."""
