"""The reference library: names, identifiers, usage, merging."""
