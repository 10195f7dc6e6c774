"""What the publish gate asks about sources, one subject a file."""
