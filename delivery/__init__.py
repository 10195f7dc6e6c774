"""How finished pages reach readers."""
