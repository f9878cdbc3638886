"""The figure that shows every exercise: one body posed by data. Numbers only, no drawing."""
