"""The editor: a routine's blocks and steps, changed in place."""
