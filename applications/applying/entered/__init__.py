"""What staff type into a form for somebody who called or wrote."""
