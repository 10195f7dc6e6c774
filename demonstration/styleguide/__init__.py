"""The pattern library: every block and component, rendered for staff."""
