"""Converts a document to the fields of a draft."""
