"""What readers report of a page, and whether it was useful to them."""
