"""The people who work in the admin."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff; of our own from the first migration, so that it can grow."""

    class Meta(AbstractUser.Meta):
        permissions = [
            # Held by editors and moderators, not by SEO specialists: core.forms takes
            # every field but the metadata out of the page form of those without it.
            ("edit_page_content", "Can change what pages say"),
        ]
