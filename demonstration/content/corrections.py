"""What an article said before it was corrected, and what an update was about."""

# By article: how the block before its correction begins, what was corrected in it, and
# what stood there.
EARLIER = {"cells-and-ms": ("<p>They did.", "144 people", "114 people")}

# By article.
UPDATES = {"questions-for-a-clinic": "Three signs to leave, and a table for answers."}
