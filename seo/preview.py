"""What an editor should know about how the page appears in search results."""

from collections.abc import Iterator

from seo.head import Head

# Where search engines cut, in characters; measured widths vary with the letters.
TITLE_LENGTH = 60
DESCRIPTION_LENGTH = (50, 160)


def warnings(head: Head, rules: str) -> Iterator[str]:
    """Yield sentences about title and description as they will be printed.

    Args:
        head: As worked out for the preview.
        rules: The page's own rules for robots; a preview's head has more.
    """
    if len(head.title) > TITLE_LENGTH:
        yield (
            f"The title has {len(head.title)} characters, the organisation's name "
            f"included. Search results cut it after about {TITLE_LENGTH}."
        )
    shortest, longest = DESCRIPTION_LENGTH
    length = len(head.description)
    if not length:
        yield "There is no description. Search engines will pick a sentence themselves."
    elif length < shortest:
        yield f"The description has {length} characters. {shortest} or more say more."
    elif length > longest:
        yield (
            f"The description has {length} characters. Search results cut it after "
            f"about {longest}."
        )
    if "noindex" in rules:
        yield "The page is hidden from search engines, as chosen under Promote."
