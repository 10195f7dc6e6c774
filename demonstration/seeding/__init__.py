"""Loads the demonstration content into the database."""
