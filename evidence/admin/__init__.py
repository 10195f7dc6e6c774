"""The reference library in the admin."""
