"""The demonstration stories, one a file."""
