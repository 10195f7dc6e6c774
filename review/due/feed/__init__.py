"""What is due, in the calendar that somebody has anyhow."""
