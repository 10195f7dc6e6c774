"""Old addresses through nginx and the store: the next reader gets what counts now."""

MAKE = """
from wagtail.models import Site
from home.models import ContentPage
home = Site.objects.get().root_page
top = home.add_child(instance=ContentPage(title="Costs", slug="costs"))
top.add_child(instance=ContentPage(title="Travel", slug="travel"))
"""
RENAME = """
from wagtail.models import Page
page = Page.objects.get(slug="costs").specific
page.slug = "prices"
page.save()
"""
RULE = """
from wagtail.contrib.redirects.models import Redirect
Redirect.objects.update_or_create(
    old_path="/typed/*", defaults={{"redirect_link": "{target}"}}
)
"""
UNPUBLISH = """
from wagtail.models import Page
from seo.redirects.leaving import leave_unpublished
page = Page.objects.get(slug="travel").specific
leave_unpublished(Page.objects.filter(pk=page.pk), None)
page.unpublish()
"""


def leads_to(served, path):
    status, headers, _content = served.get(path)
    return status, headers.get("Location")


def test_readers_follow_a_section_that_is_renamed_and_rules_that_change(served):
    served.run(MAKE)
    assert [served.get("/costs/travel/")[0] for _twice in range(2)] == [200, 200]

    served.run(RENAME)
    assert leads_to(served, "/costs/travel/") == (301, "/prices/travel/")
    assert leads_to(served, "/COSTS/travel?utm_source=x") == (
        301,
        "/prices/travel/?utm_source=x",
    )
    assert served.get("/prices/travel/")[0] == 200

    for target in ("/prices/*", "https://other.example/*"):
        served.run(RULE.format(target=target))
        status, location = leads_to(served, "/typed/travel/")
        assert (status, location) == (301, target.replace("*", "travel/"))

    served.run(UNPUBLISH)
    assert served.get("/prices/travel/")[0] == 410
    assert served.get("/costs/travel/")[0] == 410
    assert served.get("/nothing")[0] == 404
