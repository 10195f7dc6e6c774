"""The headings under which the picker offers blocks, the same in every app."""

TEXT = "Text"
MEDIA = "Media"
EVIDENCE = "Evidence"
STORIES = "People and stories"
ACTIONS = "Actions"
LISTS = "Lists of pages"
