"""Work on pages that is handed to an editor."""
