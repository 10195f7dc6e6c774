"""Text that editors type: plain text, heading anchors, rich text."""
