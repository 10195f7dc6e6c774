"""What a crawler gets at any address of the site, and why."""
