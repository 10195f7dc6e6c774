"""Files that applicants send: checked, encrypted, kept apart, handed out, deleted."""
