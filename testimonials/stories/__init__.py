"""What a story says of its time, and how stories are collected."""
