"""Demonstration content, its loading, and the pattern library. Not for production."""
