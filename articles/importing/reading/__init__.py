"""Reads uploaded article files into one kind of document."""
