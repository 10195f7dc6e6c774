"""Applications as a table, for those who may take them out of the site."""
