"""A picture may have another for readers whose device is set to dark."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images.forms import get_image_multi_form
from wagtail.models import Site

from core.media.stores import either_store
from core.models.images import SiteImage
from core.models.organisation import Organisation
from core.models.shown_people import Shows
from home.roles import EDITORS
from testimonials.appearances import mark
from tests.core.media.test_whom_pictures_show import errors, save
from tests.helpers.factories import ContentPageFactory, SiteImageFactory
from tests.helpers.factories_testimonials import SubjectFactory

pytestmark = pytest.mark.usefixtures("moves_at_once", "quick_pictures")


@pytest.fixture
def day(home):
    return SiteImageFactory(for_dark=SiteImageFactory(title="By night"))


def sources(client, home, image):
    """Return the sources and the picture itself of a figure on a page."""
    image.contextual_alt_text = "A drawing"
    page = ContentPageFactory(parent=home, body=[("figure", {"image": image})])
    html = client.get(page.url).content.decode()
    [picture] = BeautifulSoup(html, "html.parser").select("main picture")
    return picture.find_all(["source", "img"])


def test_dark_readers_get_it_first_and_others_as_before(client, home, day):
    first, *others = sources(client, home, day)

    assert first["media"] == "(prefers-color-scheme:dark)"
    assert first["type"] == "image/webp"
    assert first["sizes"] == others[0]["sizes"]
    night = {each.url for each in day.for_dark.renditions.all()}
    assert {each.split()[0] for each in first["srcset"].split(", ")} == night
    assert not any(each.has_attr("media") for each in others)
    assert not any(url in str(each) for each in others for url in night)


def test_a_picture_without_one_prints_none(client, home):
    assert not any(
        each.has_attr("media") for each in sources(client, home, SiteImageFactory())
    )


def test_one_that_cannot_be_read_is_left_to_the_picture_by_day(client, home, day):
    either_store.delete(day.for_dark.file.name)

    found = sources(client, home, day)

    assert not any(each.has_attr("media") for each in found)
    assert "not-found" not in str(found)
    assert found[-1]["src"].endswith(".jpg")


class TestConsent:
    @pytest.fixture
    def person(self):
        return SubjectFactory(consented__scope_photograph=True)

    def test_of_its_own_people_is_asked(self, client, home, day):
        mark([day.for_dark], SubjectFactory(consented=None).pk)

        assert not any(each.has_attr("media") for each in sources(client, home, day))

    def test_marks_it_with_its_original(self, client, home, day, person):
        mark([day], person.pk)

        day.for_dark.refresh_from_db()
        assert day.for_dark.shows == Shows.PEOPLE
        assert sources(client, home, day)[0].has_attr("media")

    def test_marks_one_that_is_chosen_later(self, day, person):
        day.for_dark, night = None, day.for_dark
        day.save()
        mark([day], person.pk)
        day.refresh_from_db()

        day.for_dark = night
        day.save()

        night.refresh_from_db()
        assert night.shows == Shows.PEOPLE

    def test_keeps_back_one_that_is_less_protected(self, client, home, day, person):
        day.for_dark.shows = Shows.NOBODY
        day.for_dark.save()

        mark([day], person.pk, asked=True)

        day.refresh_from_db()
        assert not any(each.has_attr("media") for each in sources(client, home, day))


class TestForm:
    def test_stores_what_is_chosen(self, log_in, db):
        image, night = SiteImageFactory(), SiteImageFactory()

        save(log_in(EDITORS), image, Shows.NOBODY, for_dark=night.pk)

        assert image.for_dark == night

    def test_refuses_the_picture_itself(self, log_in, db):
        image = SiteImageFactory()

        answer = save(log_in(EDITORS), image, Shows.NOBODY, for_dark=image.pk)

        assert errors(answer) == {"for_dark": ["Choose another picture than this one."]}

    def test_refuses_other_proportions_and_names_them(self, log_in, db):
        image = SiteImageFactory(file__width=160, file__height=100)
        night = SiteImageFactory(file__width=100, file__height=100)

        answer = save(log_in(EDITORS), image, Shows.NOBODY, for_dark=night.pk)

        [sentence] = errors(answer)["for_dark"]
        assert "100 x 100 against 160 x 100 pixels" in sentence

    def test_takes_half_the_size(self, log_in, db):
        image = SiteImageFactory(file__width=161, file__height=100)
        night = SiteImageFactory(file__width=80, file__height=50)

        save(log_in(EDITORS), image, Shows.NOBODY, for_dark=night.pk)

        assert image.for_dark == night

    def test_asks_for_it_once_the_picture_is_there(self, log_in, root):
        client = log_in(EDITORS)
        image = SiteImageFactory()

        new = client.get(reverse("wagtailimages:add")).content.decode()
        many = get_image_multi_form(SiteImage)(instance=image)
        old = client.get(reverse("wagtailimages:edit", args=[image.pk]))

        assert "for_dark" not in new
        assert "for_dark" not in many.fields
        old = old.content.decode()
        assert "picture for the dark theme" in old.lower()
        assert "image-chooser-modal.js" in old or "image-chooser.js" in old


def test_the_masthead_shows_the_logo_for_the_dark(client, home):
    settings = Organisation.for_site(Site.objects.get())
    settings.logo = SiteImageFactory(for_dark=SiteImageFactory())
    settings.save()

    html = client.get(home.url).content.decode()

    [source] = BeautifulSoup(html, "html.parser").select(".masthead__brand source")
    night = settings.logo.for_dark.renditions.get()
    assert source["srcset"] == night.url
    assert source["media"] == "(prefers-color-scheme:dark)"
