"""Prefetches the records that a page refers to: see docs/adr/0008.

`page.prefetch` is where it starts. `sources` says how the records of each model are
fetched, `collecting` finds what is referred to and fetches it, `records` keeps it for
what is read and rendered later, `walk` yields every block of a page.
"""
