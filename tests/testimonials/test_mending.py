"""Pages with something to mend once a consent is narrowed."""

import pytest
from wagtail.models import Page

from core.models import LiveProblem
from core.publishing import gate
from testimonials.consent import changing
from testimonials.consent.mending import find_places_to_mend
from testimonials.models import Appearance
from tests.helpers.appearances import film, picture
from tests.helpers.at_once import at_once
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("moves_at_once")


def to_mend():
    find_places_to_mend.func()
    return set(LiveProblem.objects.values_list("page__title", "code"))


def figure(image):
    return ("figure", {"image": image})


def test_of_two_searches_at_once_none_forgets_what_the_other_finds(home, monkeypatch):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    LiveProblem.objects.create(page=story, code="story-beyond-consent")
    ask = gate.publishing_problems

    def somebody_is_quicker(page):
        """Take the consent back, and look, once the first search has its answer."""
        found = ask(page)
        monkeypatch.setattr(gate, "publishing_problems", ask)
        LiveProblem.objects.all().delete()
        changing.take_back(story.subject)
        assert to_mend()
        return found

    monkeypatch.setattr(gate, "publishing_problems", somebody_is_quicker)
    find_places_to_mend.func()

    assert LiveProblem.objects.get().page_id == story.pk


@pytest.mark.django_db(transaction=True)
def test_a_search_and_a_change_at_once_leave_what_there_is_to_mend(root):
    home = Page.objects.get(pk=root.pk)
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))

    def change():
        changing.take_back(story.subject)
        find_places_to_mend.func()

    at_once(find_places_to_mend.func, change, find_places_to_mend.func)

    codes = LiveProblem.objects.values_list("page", "code")
    assert set(codes) == {(story.pk, "story-beyond-consent")}


def test_pictures_and_films_beyond_consent_are_told_of_on_any_page(home):
    subject = SubjectFactory(
        consented__scope_photograph=True, portrait=SiteImageFactory()
    )
    told, filmed = picture(shows="people"), film()
    filmed.shows = "people"
    filmed.save()
    Appearance.objects.create(subject=subject, image=told)
    Appearance.objects.create(subject=subject, video=filmed)
    articles = ArticleIndexPageFactory(parent=home)
    ArticlePageFactory(parent=articles, title="In the text", body=[figure(told)])
    ArticlePageFactory(parent=articles, title="On top", lead_image=told)
    ArticlePageFactory(
        parent=articles, title="Film", body=[("video", {"video": filmed})]
    )
    ArticlePageFactory(parent=articles, title="Other", body=[figure(picture())])
    TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        title="Timeline",
        subject=subject,
        timeline=[("entry", {"number": 2, "image": picture(shows="nobody")})],
    )
    assert to_mend() == set()

    changing.narrow(subject, ["scope_voice"])
    code = "story-picture-beyond-consent"
    assert to_mend() == {("Film", code)}

    changing.narrow(subject, ["scope_photograph"])
    pages = {"In the text", "On top", "Film", "Timeline"}
    assert to_mend() == {(page, code) for page in pages}


def test_a_name_typed_while_it_was_allowed_is_told_of_once_it_is_not(home):
    subject = SubjectFactory(consented__scope_name=True)
    story = TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        title="Story",
        subject=subject,
    )
    story.standfirst = "Rosalind Quill says how it went."
    articles = ArticleIndexPageFactory(parent=home)
    said = ("paragraph", "<p>Rosalind Quill walks again.</p>")
    shown = ("testimonial", {"story": story, "text": ""})
    quoted = ("patient_quote", {"subject": subject, "text": "<p>I walk.</p>"})
    pages = [
        ArticlePageFactory(parent=articles, title="Shows", body=[shown]),
        ArticlePageFactory(parent=articles, title="Quotes", body=[quoted]),
    ]
    # As if somebody had given a reason.
    type(story).objects.update(standfirst=story.standfirst)
    for page in pages:
        page.body.append(said)
        type(page).objects.filter(pk=page.pk).update(body=page.body)

    def reasons():
        found = gate.publishing_problems(story)
        return [each.key for each in found if each.code == "subject-named"]

    before = reasons()
    assert to_mend() == set()

    changing.narrow(subject, ["scope_name"])
    told = {title for title, code in to_mend() if code == "subject-named"}
    assert told == {"Story", "Shows", "Quotes"}
    assert before != reasons()


def test_a_video_at_another_host_is_gone_from_a_story_with_consent_to_films(
    client, home, settings
):
    settings.VIDEO_PROVIDERS = ["vimeo"]
    subject = SubjectFactory(
        consented__scope_photograph=True, consented__scope_name=True
    )
    video = {"address": "https://vimeo.com/123456789", "title": "Walk"}
    body = [("outside_video", {**video, "poster": picture(shows="nobody")})]
    story = TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        title="Story",
        subject=subject,
        body=body,
    )
    page = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home), body=body)
    assert "vimeo.com" in client.get(story.url).text
    assert to_mend() == set()

    changing.narrow(subject, ["scope_voice"])

    assert "vimeo.com" not in client.get(story.url).text
    assert "vimeo.com" in client.get(page.url).text
    assert to_mend() == {("Story", "story-picture-beyond-consent")}
