"""The demonstration stands, however late somebody first looks at it."""

from datetime import UTC, datetime

import pytest

from articles.models import ArticlePage
from demonstration.seeding.load import load
from testimonials.models import TestimonialPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_it_loads_whole_in_years_to_come(root, at, quick_pictures):
    at(datetime(2033, 6, 1, tzinfo=UTC))

    load(lambda line: None)

    assert not ArticlePage.objects.filter(live=False).exists()
    assert TestimonialPage.objects.showable().count() > 1
