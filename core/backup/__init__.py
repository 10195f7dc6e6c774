"""Backups of the database and of uploads: one encrypted file each."""
