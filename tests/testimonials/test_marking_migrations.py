"""What was stored before is marked by migrations; the worker moves its files."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils.module_loading import import_string

from core.models.images import SiteImage
from core.models.videos import Video
from testimonials.models import Appearance
from tests.helpers.addresses import public_files
from tests.helpers.appearances import film, picture, shown
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("moves_at_once")
MARK = import_module("testimonials.migrations.0005_mark_what_stories_show")
RENAME = import_module("core.migrations.0005_private_files")


@pytest.fixture
def subject(home):
    return SubjectFactory(consented__scope_photograph=True)


@pytest.fixture
def index(home):
    return TestimonialIndexPageFactory(parent=home)


class TestMigration:
    """What was stored before, as the migrations leave it."""

    @pytest.fixture
    def story(self, subject, index):
        subject.portrait = SiteImageFactory()
        subject.save()
        story = TestimonialPageFactory(
            parent=index,
            subject=subject,
            body=[("figure", {"image": picture(), "caption": "<p>So.</p>"})],
            timeline=[("entry", {"number": 2, "image": picture(), "video": film()})],
        )
        story.timeline = [("entry", {"number": 2, "image": picture()})]
        story.save_revision()
        return story

    @pytest.fixture
    def before(self, story):
        """Take every mark back, as it was before there were any."""
        marks = shown()
        Appearance.objects.all().delete()
        SiteImage.objects.update(shows="")
        Video.objects.update(shows="")
        return marks

    def test_marks_portraits_and_what_stories_and_their_versions_show(self, before):
        unused = SiteImageFactory()

        MARK.mark(apps, None)
        MARK.mark(apps, None)

        assert shown() == before
        assert len(before) == 6
        assert SiteImage.objects.filter(shows="people").count() == 5
        assert SiteImage.objects.get(pk=unused.pk).shows == ""

    def test_lets_the_worker_move_the_files(self, before, commits):
        MARK.mark(apps, None)

        with commits():
            call_command("migrate", "testimonials", verbosity=0)

        assert public_files() == []

    def test_understands_what_an_earlier_version_has_queued(self, before, commits):
        MARK.mark(apps, None)

        with commits():
            import_string("testimonials.tasks.withhold_files").enqueue()

        assert public_files() == []

    def test_marks_what_was_withheld_though_nothing_uses_it(self, db):
        SiteImageFactory()
        SiteImage.objects.update(file="withheld/siteimage-1-file/a.jpg")

        RENAME.to_private(apps, None)

        image = SiteImage.objects.get()
        assert image.file.name == "private/siteimage-1-file/a.jpg"
        assert image.shows == "people"
        RENAME.to_withheld(apps, None)
        assert SiteImage.objects.get().file.name == "withheld/siteimage-1-file/a.jpg"
