"""Tasks that make and delete social pictures."""

from django_tasks import task

from seo.social_pictures import files
from seo.social_pictures.making import bring_up_to_date


@task()
def make_social_picture(page_pk: int) -> None:
    """Make the picture of a page that was published, or delete what is left of it."""
    bring_up_to_date(page_pk)


@task()
def delete_social_pictures_with(image_pk: int) -> None:
    """Delete the pictures that show a portrait."""
    files.remove_with_portrait(image_pk)
