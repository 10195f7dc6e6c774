"""What users without the right to content publish: metadata, beside content."""
