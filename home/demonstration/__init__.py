"""The demonstration clinic: its words, pictures and one video, as plain data.

Nothing here touches the database. Every record carries a ``key``; streams name
pictures, videos, pages and references by key, and the loader resolves them. All
people, places, prices and results of the clinic are invented; the five studies in
``references`` are real.
"""
