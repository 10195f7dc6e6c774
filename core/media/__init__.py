"""Images and videos: their metadata, forms and formats, and where their files lie."""
