"""Reviews by clinicians without an account, each of one draft and by a mailed link."""
