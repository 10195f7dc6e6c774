"""From a stored citation to the number and entry that readers see."""
