"""The bodies of the demonstration's topic pages."""
