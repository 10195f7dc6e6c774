"""How a page looks where it is found and shared, worked out before it is published."""
