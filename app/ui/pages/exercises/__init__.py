"""The library of exercises: the page of all of them, and the page of one."""
