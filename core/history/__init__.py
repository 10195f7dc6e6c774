"""What pages tell of their past; apps above know corrections and reviews."""
