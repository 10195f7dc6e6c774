"""The applicant's side: the form, sending it, and the thank-you page."""
