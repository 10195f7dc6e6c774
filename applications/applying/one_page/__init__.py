"""The form of one page: drawing it, and taking what staff typed into it."""
