"""Whoever moves a portrait's focal point sees its new crop on cards, too."""

import pytest

from core.models import SiteImage
from tests.seo.social_pictures.test_pictures_of_pages import (
    address,
    article,  # noqa: F401  (fixture)
    portrait,  # noqa: F401  (fixture)
)

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


def test_a_new_focal_point_is_a_new_picture_at_another_address(
    client,
    article,  # noqa: F811
    portrait,  # noqa: F811
):
    old = address(client, article)
    assert client.get(old).status_code == 200
    image = SiteImage.objects.get(pk=portrait.pk)
    image.focal_point_x = image.focal_point_y = 5
    image.focal_point_width = image.focal_point_height = 10

    image.save()

    new = address(client, article)
    assert new != old
    assert client.get(new).status_code == 200
    assert portrait.renditions.filter(filter_spec__startswith="fill-224x").count() == 2
    assert client.get(old).status_code == 404
