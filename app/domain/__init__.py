"""What routines, sessions and history mean: no Qt, no files, no clock."""
