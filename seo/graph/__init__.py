"""The JSON-LD graph of a page, what it is made of, and what checks it.

`page_graph` puts it together; `schema` and `site_schema` describe single things, from
values that page types hand over; `ids` names nodes. `words` is schema.org's vocabulary,
`checking` finds what is wrong with a graph, `linting` with the head of a page.
"""
