"""What applicants see of an application they sent, and may do with it."""
