"""What visitors can meet beyond the demonstration, for the suite to look at.

Runs in a process of its own with the served site's settings, so that its links are
signed by the keys of that site.
"""

import uuid
from pathlib import Path

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site, Workflow

from applications.applying.tokens import thanks_token
from applications.models.applications import Application
from applications.models.definitions import FormDefinition
from applications.models.links import AccessLink
from articles.models.article_page import ArticlePage
from core.mail import letter
from newsletter.links import link
from newsletter.models import Subscriber
from people.models import PersonPage
from review.models import Invitation, PublishedCorrection
from testimonials.models import Subject, SubjectLink, TestimonialPage

ROOT = Path(__file__).resolve().parents[2]
SHORT_ARTICLE = "travelling-for-treatment"
# Pictures of a story are nobody's to see while one whom they show allows nothing.
STORY_WITHOUT_PICTURES = "the-clinic-told-me-no"
NOT_BY_THE_REVIEWER = "what-mri-shows-and-what-it-does-not"
ERRORS = ("403", "500")  # no visitor can bring these about
LETTERS = sorted(ROOT.glob("*/templates/*/emails/*.html"))


def add() -> dict[str, dict[str, str]]:
    """Make what is missing; return paths by name, and documents no address leads to."""
    return {"paths": _paths(), "documents": _documents()}


def _paths() -> dict[str, str]:
    application = Application.objects.create(
        definition=FormDefinition.objects.latest("pk"),
        submission_key=uuid.uuid4(),
        payload_digest="",
    )
    _, token = AccessLink.objects.issue("reader@example.org", application=application)
    subscriber = Subscriber.objects.at("reader@example.org", "general")
    return {
        "thanks": f"/applications/sent/{thanks_token(application.pk)}/",
        "access link": reverse("applications:link", args=[token]),
        "own consent": _own_consent(Subject.objects.filter(consents__isnull=False)[0]),
        "taken back": _taken_back_story(),
        "reviewed by link": _waiting_for_review(),
        "report": _report(),
        "earlier version": _earlier_version(),
        "first consent": _own_consent(Subject.objects.create(name="Ada Example")),
        "confirm": link(subscriber, "confirm"),
        "unsubscribe": link(subscriber, "unsubscribe"),
        "password": _private_page(),
        "second page": _second_page(),
        "gone": _gone(),
    }


def _own_consent(subject: Subject) -> str:
    _, token = SubjectLink.objects.issue(subject, "reader@example.org", None)
    return reverse("consent:own", args=[token])


def _taken_back_story() -> str:
    """Return the address of a story whose subject allows nothing any more."""
    subject = Subject.objects.create(name="Grace Example")
    story = TestimonialPage.objects.get(slug=STORY_WITHOUT_PICTURES)
    consent = story.subject.consents.all()[0]
    consent.pk, consent.subject = None, subject
    consent.save()
    copy = story.copy(update_attrs={"slug": "taken-back", "subject": subject})
    subject.consents.update(withdrawn_at=timezone.now())
    return str(copy.url)


def _waiting_for_review() -> str:
    """Return the address at which somebody without an account reviews a draft."""
    article = _copy_of_article("waiting-for-review", NOT_BY_THE_REVIEWER)
    ArticlePage.objects.filter(pk=article.pk).update(is_medical=True)
    article.refresh_from_db()
    inviter = get_user_model().objects.get(username="moderator")
    Workflow.objects.get(name="Review, legal, publish").start(article, inviter)
    person = PersonPage.objects.get(slug="meera-raghunathan")
    _, token = Invitation.objects.issue(
        article, article.current_workflow_task_state, person, "m@example.org", inviter
    )
    return reverse("invited:review", args=[token])


def _report() -> str:
    article = ArticlePage.objects.get(slug=SHORT_ARTICLE)
    return f"{reverse('feedback:report')}?page={article.pk}"


def _earlier_version() -> str:
    correction = PublishedCorrection.objects.exclude(version=None)[0]
    return f"{correction.page.url}versions/{correction.version_id}/"


def _private_page() -> str:
    page = _copy_of_article("for-members")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    return str(page.url)


def _second_page() -> str:
    index = ArticlePage.objects.get(slug=SHORT_ARTICLE).get_parent().specific
    for number in range(index.page_size):
        _copy_of_article(f"another-{number}")
    return f"{index.url}?page=2"


def _gone() -> str:
    """Return the address of what somebody has said is gone for good."""
    Redirect.objects.create(old_path="/gone-for-good")
    return "/gone-for-good/"


def _copy_of_article(slug: str, of: str = SHORT_ARTICLE) -> ArticlePage:
    article = ArticlePage.objects.get(slug=of)
    # A copy was reviewed by nobody, and this one is to be looked at alone.
    return article.copy(update_attrs={"slug": slug, "is_medical": False})


def _documents() -> dict[str, str]:
    site = Site.objects.get(is_default_site=True)
    request = RequestFactory(headers={"host": f"{site.hostname}:{site.port}"}).get("/")
    errors = {
        name: render_to_string(f"{name}.html", request=request) for name in ERRORS
    }
    return errors | {f"letter-{path.stem}": _letter(path, site) for path in LETTERS}


def _letter(path: Path, site: Site) -> str:
    context = {
        "site_name": "The clinic",
        "root_url": site.root_url,
        "reference": "ABCD-EFGH",
        "code": "123 456",
        "until": timezone.now(),
        "links": [{"label": "ABCD-EFGH", "url": site.root_url}],
        **dict.fromkeys(("url", "confirm_url", "unsubscribe_url"), site.root_url),
    }
    name = path.relative_to(path.parents[2]).with_suffix("")
    sent = letter("A subject", str(name), context, ["reader@example.org"])
    return str(sent.alternatives[0].content)
