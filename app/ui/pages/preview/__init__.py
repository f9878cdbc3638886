"""The page of one routine before it is started."""
