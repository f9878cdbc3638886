"""Speech: shipped clips, engines, and one mastering for all of them."""
