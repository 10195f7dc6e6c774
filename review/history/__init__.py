"""What happened to a page: its history as readers see it, and what it said before."""
