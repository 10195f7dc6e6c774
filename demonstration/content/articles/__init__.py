"""The demonstration articles, one a file."""
