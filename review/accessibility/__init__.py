"""What is known of how accessible the site's documents and pages are."""
