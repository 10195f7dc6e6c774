"""The question after the thanks, and what staff do with the answers."""
