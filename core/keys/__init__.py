"""What is kept under `FIELD_KEYS`, and how it is written anew when they change."""
