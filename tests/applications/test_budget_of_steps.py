"""What a step costs: queries, bytes, and nothing left in any cache."""

import pytest
from wagtail.rich_text import RichText

from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_steps import SteppedFormPageFactory, walk

# Session-free: the site and page, the draft with its definition, the latest definition,
# view restrictions, the picture for social media, and what stands around every page.
QUERIES = 10
BYTES = 24 * 1024


@pytest.fixture
def form_page(home):
    link = f'<p><a linktype="page" id="{home.pk}">Home</a></p>'
    return SteppedFormPageFactory(
        parent=home,
        og_image=SiteImageFactory(),
        body=[("paragraph", RichText(link))],
    )


@pytest.mark.parametrize("address", ["step/1/", "step/3/", "review/"])
def test_a_page_of_the_form_keeps_to_its_budget(
    client, form_page, address, django_assert_max_num_queries
):
    walk(client, form_page)
    client.get(form_page.url + address)

    with django_assert_max_num_queries(QUERIES):
        response = client.get(form_page.url + address)

    assert response.status_code == 200
    assert len(response.content) < BYTES
