"""System checks: settings, keys, and work that is left undone."""
