"""Where the site's links lead: found in its pages as readers get them, and judged."""
