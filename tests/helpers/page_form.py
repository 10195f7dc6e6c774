"""What the page editor posts, and bodies that the publish gate takes or refuses."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

# A body that skips a heading level, which the gate refuses.
BAD = [("heading", {"text": "Too deep", "level": "3", "anchor": ""})]
GOOD = [("heading", {"text": "Just right", "level": "2", "anchor": ""})]
SENTENCE = "skips a level"


def posted(level="3", text="Too deep", **extra):
    """What the page editor posts for an article with one heading."""
    return nested_form_data(
        {
            "title": "Posted",
            "slug": "posted",
            "standfirst": "Briefly.",
            "topic": "",
            "lead_image": "",
            "lead_video": "",
            "lead_image_alt": "",
            "lead_image_caption": "",
            "answer": streamfield([]),
            "body": streamfield(
                [("heading", {"text": text, "level": level, "anchor": ""})]
            ),
            "after_body": streamfield([]),
            "contributions": formset(),
            "related": formset(),
            "comments": formset(),
            "override_reason": "",
            "seo_title": "",
            "search_description": "",
            "canonical_url": "",
            "robots_branch": "on",
            "og_image": "",
            "go_live_at": "",
            "expire_at": "",
            **extra,
        }
    )


def formset():
    return {
        "TOTAL_FORMS": 0,
        "INITIAL_FORMS": 0,
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": 1000,
    }


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(index):
    return reverse("wagtailadmin_pages:add", args=["articles", "articlepage", index.pk])


def raw(body):
    return [
        {"type": name, "value": value, "id": str(n)}
        for n, (name, value) in enumerate(body)
    ]
