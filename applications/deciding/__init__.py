"""Asking an applicant for more, and deciding with reasons that the applicant reads."""
