"""Staff are told of pictures and films of which nobody has said whom they show."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.models.videos import Video
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import SiteImageFactory


@pytest.fixture
def pictures(root):
    SiteImageFactory(title="A harbour")
    SiteImageFactory(title="A boat", shows="nobody")
    SiteImageFactory(title="A walk", shows="people")


def test_the_report_lists_them(log_in, pictures):
    html = log_in(EDITORS).get(reverse("unsaid_pictures")).content.decode()

    assert "A harbour" in html
    assert "A boat" not in html
    assert "A walk" not in html


@pytest.mark.parametrize("role", [SEO_SPECIALISTS, ADMISSIONS])
def test_the_report_is_for_those_who_may_describe_them(log_in, pictures, role):
    answer = log_in(role).get(reverse("unsaid_pictures"))

    assert answer.status_code == 302
    assert "A harbour" not in log_in(role).get("/admin/").content.decode()


def test_the_dashboard_says_how_many(log_in, pictures):
    Video.objects.create(title="Walking", file=ContentFile(b"0000ftyp", "walk.mp4"))

    html = log_in(EDITORS).get("/admin/").content.decode()

    assert "Of 1 picture nobody has said whom it shows." in html
    assert "Of 1 film nobody has said whom it shows." in html
    assert reverse("unsaid_pictures") in html


def test_the_dashboard_says_nothing_when_all_are_described(log_in, root):
    assert "whom it shows" not in log_in(EDITORS).get("/admin/").content.decode()
