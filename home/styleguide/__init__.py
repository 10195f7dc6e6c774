"""The pattern library: what readers may meet, drawn as they meet it, for staff."""
