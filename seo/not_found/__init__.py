"""The 404 log: which addresses are asked for that are not there."""
