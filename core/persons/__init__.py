"""People who can be found, exported and forgotten (docs/adr/0025)."""
