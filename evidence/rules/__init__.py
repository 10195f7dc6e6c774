"""Publishing rules for sources, one subject a file."""
