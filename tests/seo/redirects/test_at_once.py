"""Two people of SEO at the same moment: one redirect, and one page's metadata."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from core.publishing.metadata.beside import publish_beside
from home.roles import SEO_SPECIALISTS
from tests.helpers.at_once import at_once
from tests.helpers.factories import ContentPageFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("of_all_sites", [True, False])
def test_of_two_who_add_the_same_redirect_one_is_told_so(home, log_in, of_all_sites):
    ContentPageFactory(parent=home, slug="cost")
    site = "" if of_all_sites else Site.objects.get().pk
    people = [log_in(SEO_SPECIALISTS) for _ in range(2)]

    def add(client):
        data = {"old_path": "/old/", "site": site, "redirect_link": "/cost/"}
        return lambda: client.post(reverse("wagtailredirects:add"), data).status_code

    assert sorted(at_once(*map(add, people))) == [200, 302]
    assert Redirect.objects.count() == 1


def test_two_who_close_a_circle_at_once_are_not_both_believed(home, log_in):
    page = ContentPageFactory(parent=home, slug="cost")
    one, other = (
        Redirect.add_redirect(path, page, is_permanent=True) for path in ("/a", "/b")
    )
    people = [log_in(SEO_SPECIALISTS) for _ in range(2)]

    def lead(client, redirect, target):
        url = reverse("wagtailredirects:edit", args=[redirect.pk])
        data = {"old_path": redirect.old_path, "site": "", "redirect_link": target}
        return lambda: client.post(url, data).status_code

    answers = at_once(lead(people[0], one, "/b/"), lead(people[1], other, "/a/"))

    assert sorted(answers) == [200, 302]
    assert {people[0].get(path).url for path in ("/a/", "/b/")} == {"/cost/"}


def test_two_who_change_one_page_s_metadata_lose_nothing(home):
    page = ContentPageFactory(parent=home, slug="cost")
    page.save_revision().publish()
    said = {"seo_title": "Hers", "robots_index": "no", "social_title": "Theirs"}
    user = UserFactory()

    def publish(name):
        return lambda: publish_beside(page.pk, {name: said[name]}, user)

    at_once(*map(publish, said))

    live = type(page).objects.get(pk=page.pk)
    draft = live.get_latest_revision_as_object()
    for version in (live, draft):
        assert {name: getattr(version, name) for name in said} == said
