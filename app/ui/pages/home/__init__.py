"""The first page: what to do now, how the week stands, and every routine."""
