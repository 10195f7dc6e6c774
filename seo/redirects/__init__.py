"""Redirects: from old addresses of pages, answering them, their form."""
