"""What is due: reminders, the report, and what pages say by the clock."""
