"""Pictures on pages: what Wagtail's own tag prints, from rows read for all of them."""

import pytest
from django.db import connection
from django.template import Context, Template, TemplateSyntaxError
from django.test.utils import CaptureQueriesContext

from core.models.images import SiteImage
from core.pictures import known_renditions
from tests.helpers.factories import SiteImageFactory

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("quick_pictures"),
]

TAGS = [
    '{% picture image format-{avif,webp,jpeg} width-{40,80} sizes="9rem" alt=words %}',
    '{% picture image format-{avif,jpeg} fill-{40x40,80x80}-c60 alt="" class="x" %}',
    "{% picture image format-{webp,jpeg} width-40 alt=words %}",
]


def printed(library, tag, image):
    template = Template(f"{{% load {library} %}}{tag}")
    return template.render(Context({"image": image, "words": 'A "drawing" & <more>'}))


def read(pk):
    return SiteImage.objects.for_readers().get(pk=pk)


@pytest.mark.parametrize("tag", TAGS)
def test_the_markup_is_wagtails(tag):
    image = SiteImageFactory(
        focal_point_x=10, focal_point_y=10, focal_point_width=5, focal_point_height=5
    )
    stock = printed("wagtailimages_tags", tag, image)
    image = SiteImage.objects.get(pk=image.pk)
    known_renditions.read([image])

    with CaptureQueriesContext(connection) as captured:
        assert printed("picture_tags", tag, image) == stock
    assert not captured


def test_a_rendition_that_is_missing_is_made_once():
    image = read(SiteImageFactory().pk)
    first = printed("picture_tags", TAGS[0], image)

    with CaptureQueriesContext(connection) as captured:
        assert printed("picture_tags", TAGS[0], image) == first
    assert not captured
    assert first.count(" 40w") == 3
    assert printed("picture_tags", TAGS[0], read(image.pk)) == first


def test_no_picture_prints_nothing():
    assert printed("picture_tags", TAGS[0], None) == ""


@pytest.mark.parametrize(
    "tag", ["{% picture image width-40 alt='' %}", TAGS[0].replace("alt=words", "")]
)
def test_one_format_or_no_alternative_text_is_a_mistake(tag):
    with pytest.raises(TemplateSyntaxError, match="two formats"):
        printed("picture_tags", tag, None)
