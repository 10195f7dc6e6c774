"""What people entrust to the site stays where it belongs."""

import logging

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from tests.helpers.applications_on_file import without_addressee
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, filled_in
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted

pytestmark = pytest.mark.usefixtures("commits")

ANSWERS = {
    "short_text": "Peregrine Applewhite",
    "long_text": "Vermilionazole",
    "email": "peregrine@example.org",
}
READER = "a.reader@example.org"
PATIENT = "Rosalind Quill"


def rows_with(secret):
    """Return the names of the tables in which ``secret`` stands in clear."""
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for row in model._base_manager.values_list()
        if secret in str(row)
    }


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text.replace("INSERT", "")


def visited(response):
    return [response.headers.get("Location", ""), response.request["PATH_INFO"]]


def test_an_applicant_is_in_no_row_log_mail_or_address(client, home, told):
    page = ApplicationFormPageFactory(parent=home)

    sent = client.post(page.url, filled_in(page, **ANSWERS))
    thanked = client.get(sent.url)

    letters = "".join(without_addressee(message) for message in mail.outbox)
    for secret in ANSWERS.values():
        assert rows_with(secret) == set()
        assert secret not in told()
        assert secret not in letters
        assert secret not in "".join(visited(sent) + visited(thanked))
        assert secret not in thanked.content.decode()


def test_a_reader_is_in_one_table_and_in_no_log_or_address(client, home, told):
    response = client.post("/newsletter/sign-up/", {"email": READER})

    assert rows_with(READER) == {"newsletter.Subscriber"}
    assert READER not in told()
    assert READER not in "".join(visited(response))
    assert [letter.to for letter in mail.outbox] == [[READER]]
    assert READER not in str(mail.outbox[0].body)


def test_a_patient_is_in_one_table_whatever_is_done_with_the_story(
    client, log_in, home, told, commits
):
    staff = log_in(None)
    with commits():
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home),
            subject=SubjectFactory(name=PATIENT, consented__scope_name=True),
        )
        article = ArticlePageFactory(
            parent=ArticleIndexPageFactory(parent=home),
            body=[*GOOD, ("testimonial", {"story": story, "text": ""})],
        )
        story.save_revision(user=staff.user).publish()
        article.save_revision(user=staff.user).publish()
    staff.post(edit_url(article), posted(level="2", slug=article.slug))
    for name in ("edit", "history", "usage", "view_draft"):
        staff.get(reverse(f"wagtailadmin_pages:{name}", args=[story.pk]))
    subject = reverse("story_subjects:edit", args=[story.subject.pk])
    staff.get(subject)
    client.logout()

    shown = client.get(story.url)

    assert PATIENT in shown.content.decode()
    assert rows_with(PATIENT) == {"testimonials.Subject"}
    assert PATIENT not in told()
    assert "rosalind" not in story.url
