"""Entering applications that came by telephone or on paper, from the admin."""
