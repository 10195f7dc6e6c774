"""The admin views in which staff read applications."""
