"""Titles, descriptions and cards of pages: patterns, own values, what was changed."""
