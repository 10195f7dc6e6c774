"""A form in steps: its way, its drafts, its pages."""
