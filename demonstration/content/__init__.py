"""The demonstration content, as plain records."""
