"""Publishing rules for stories, and for pages that show them, one subject a file."""
