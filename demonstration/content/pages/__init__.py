"""The bodies of the demonstration's content pages."""
