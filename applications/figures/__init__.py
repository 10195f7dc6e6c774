"""How forms are filled in, as numbers that tell of nobody."""
