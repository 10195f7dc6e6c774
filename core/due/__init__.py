"""What is due, and when: what each app says of its own records."""
