"""What stories show is marked as showing who tells them, when it is chosen."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.media.private_files import NotMoved
from core.models.images import SiteImage
from home.roles import EDITORS, MODERATORS
from testimonials.models import TestimonialPage
from tests.helpers.addresses import public_files
from tests.helpers.appearances import film, picture, shown
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    subject_form,
)
from tests.helpers.page_form import edit_url, formset

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture
def subject(home):
    return SubjectFactory(consented__scope_photograph=True)


@pytest.fixture
def index(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def broken(monkeypatch):
    """The private store cannot be written."""

    def fail(*args, **kwargs):
        raise PermissionError("read-only")

    monkeypatch.setattr(storages["private"], "_save", fail)


class TestStory:
    def test_marks_its_timeline_body_and_social_picture(self, subject, index):
        entry, figure, social, walk = picture(), picture(), picture(), film()

        TestimonialPageFactory(
            parent=index,
            subject=subject,
            og_image=social,
            body=[("figure", {"image": figure, "caption": "<p>So.</p>"})],
            timeline=[("entry", {"number": 2, "image": entry, "video": walk})],
        )

        pictures = {entry.pk, figure.pk, social.pk, walk.poster.pk}
        assert shown() == {
            *((subject.pk, pk, None) for pk in pictures),
            (subject.pk, None, walk.pk),
        }
        assert public_files() == []

    def test_marks_what_only_a_draft_shows(self, subject, index):
        story = TestimonialPageFactory(parent=index, subject=subject)
        image = picture()
        story.timeline = [("entry", {"number": 2, "image": image})]

        story.save_revision()

        assert shown() == {(subject.pk, image.pk, None)}
        assert public_files() == []
        assert TestimonialPage.objects.get().timeline.raw_data[:] == []

    def test_heeds_that_somebody_said_nobody(self, subject, index):
        image = picture(shows="nobody")

        TestimonialPageFactory(
            parent=index,
            subject=subject,
            timeline=[("entry", {"number": 2, "image": image})],
        )

        assert shown() == set()
        assert len(public_files()) == 1

    def test_adds_its_subject_to_others(self, subject, index):
        other = SubjectFactory(consented__scope_photograph=True)
        image = picture()
        for each in (subject, other):
            TestimonialPageFactory(
                parent=index,
                subject=each,
                timeline=[("entry", {"number": 2, "image": image})],
            )

        assert shown() == {(subject.pk, image.pk, None), (other.pk, image.pk, None)}

    def test_is_not_published_while_the_store_fails(self, subject, index, broken):
        image = picture()

        with pytest.raises(NotMoved):
            TestimonialPageFactory(
                parent=index,
                subject=subject,
                timeline=[("entry", {"number": 2, "image": image})],
            )

        assert not TestimonialPage.objects.exists()
        assert (shown(), SiteImage.objects.get().shows) == (set(), "")


class TestStoryForm:
    """What an editor saves as a draft."""

    @pytest.fixture
    def story(self, subject, index):
        return TestimonialPageFactory(parent=index, subject=subject)

    @pytest.fixture
    def save(self, log_in, subject, story):
        def save(image, url=""):
            posted = {
                **dict.fromkeys(("topic", "condition", "treatment", "treated_on"), ""),
                **dict.fromkeys(("seo_title", "canonical_url", "override_reason"), ""),
                **dict.fromkeys(("go_live_at", "expire_at"), ""),
                "title": "Typed with care",
                "slug": story.slug,
                "subject": subject.pk,
                "standfirst": "Briefly.",
                "search_description": "",
                "og_image": image.pk,
                "body": streamfield([]),
                "timeline": streamfield([]),
                "typical": streamfield([]),
                "comments": formset(),
            }
            url = url or edit_url(story)
            return log_in(EDITORS).post(url, nested_form_data(posted))

        return save

    def test_marks_what_is_chosen(self, save, subject):
        image = picture()

        assert save(image).status_code == 302

        assert shown() == {(subject.pk, image.pk, None)}
        assert public_files() == []

    @pytest.mark.parametrize(
        "preview", ["seo_snippets_on_edit", "wagtailadmin_pages:preview_on_edit"]
    )
    def test_marks_nothing_while_it_is_only_looked_at(self, save, story, preview):
        image = picture()

        assert save(image, reverse(preview, args=[story.pk])).status_code == 200

        image.refresh_from_db()
        assert (shown(), image.shows) == (set(), "")
        assert not image.file.name.startswith("private/")

    def test_says_so_where_the_store_fails(self, save, broken):
        answer = save(picture())

        html = answer.content.decode()
        assert answer.status_code == 200
        assert "could not be moved to the private store" in html
        assert "Typed with care" in html
        assert (shown(), SiteImage.objects.get().shows) == (set(), "")


class TestCopy:
    def test_says_so_where_the_store_fails(self, log_in, subject, index, broken):
        """Forms say so at their fields; whatever else makes pages says so, too."""
        story = TestimonialPageFactory(parent=index, subject=subject)
        TestimonialPage.objects.update(og_image=picture())
        url = reverse("wagtailadmin_pages:copy", args=[story.pk])
        posted = {
            "new_title": "Another",
            "new_slug": "another",
            "new_parent_page": index.pk,
        }

        answer = log_in(MODERATORS).post(url, posted, follow=True)

        assert answer.status_code == 200
        assert "could not be moved to the private store" in answer.content.decode()
        assert TestimonialPage.objects.count() == 1


class TestFilm:
    def test_marks_a_poster_that_is_chosen_later(self, subject, index):
        walk = film()
        TestimonialPageFactory(
            parent=index,
            subject=subject,
            timeline=[("entry", {"number": 2, "video": walk})],
        )
        walk.refresh_from_db()
        walk.poster = SiteImageFactory()

        walk.save()

        assert (subject.pk, walk.poster.pk, None) in shown()


class TestPortrait:
    def test_is_marked_by_the_form(self, log_in, subject):
        portrait = SiteImageFactory()
        url = reverse("story_subjects:edit", args=[subject.pk])
        posted = subject_form(subject, portrait=portrait.pk)

        assert log_in(MODERATORS).post(url, posted).status_code == 302

        assert shown() == {(subject.pk, portrait.pk, None)}
        assert public_files() == []

    def test_says_so_where_the_store_fails(self, log_in, subject, broken):
        portrait = SiteImageFactory()
        url = reverse("story_subjects:edit", args=[subject.pk])

        answer = log_in(MODERATORS).post(
            url, subject_form(subject, portrait=portrait.pk, disclosure="Typed")
        )

        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["portrait"]
        assert "Typed" in answer.content.decode()
        subject.refresh_from_db()
        assert (subject.portrait, SiteImage.objects.get().shows) == (None, "")
