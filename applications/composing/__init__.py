"""The editor's side: question blocks, and publishing rules for forms."""
