"""The page of what was done."""
