"""The site beside others of its kind, with the same article in each."""
