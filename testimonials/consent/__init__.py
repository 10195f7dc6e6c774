"""What is said of a consent when it has ended."""
