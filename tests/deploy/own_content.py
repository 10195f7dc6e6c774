"""What each editor of the tests of freshness has alone, and what readers see of it.

Some records have fixed numbers, by which the pages are found: an editor who is killed
leaves them with any title, at any address.
"""

from datetime import date
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Filter
from wagtail.models import Page, PageViewRestriction

from core.models.images import SiteImage
from core.models.site_settings import (
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from core.models.topics import Topic
from home.models import ContentPage
from seo.pictures import SOCIAL
from testimonials.models import Consent, Subject, TestimonialPage

EDITORS = ["alpha", "beta", "gamma"]
# A field for each, which every page prints: of one record they would lose changes.
SETTINGS = {
    "alpha": (NavigationSettings, "call_to_action_label"),
    "beta": (FooterSettings, "small_print"),
    "gamma": (DisclaimerSettings, "general"),
}
FRONT = "/front"  # how the front page's own address begins in the tree
# What prints the menu, and nothing else that anybody changes.
ELSEWHERE = ("/", "/about/")


class Seen(NamedTuple):
    """What an address must answer: 0 is any status but 200."""

    path: str
    status: int = 200
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()

    def is_answered_by(self, status, text):
        right = status == self.status if self.status else status != 200
        return (
            right
            and all(each in text for each in self.shows)
            and not any(each in text for each in self.hides)
        )


class Own:
    """The records of one editor."""

    def __init__(self, slug):
        self.slug = slug
        self.number = 1_000_000 + EDITORS.index(slug)  # of picture, topic and subject
        self.old_path = f"/{slug}-old"  # of a redirect
        self._addresses = set()  # so far

    def make(self, home, stories):
        """Make them beneath ``home`` and the index of stories; return the page."""
        file = BytesIO()
        Image.new("RGB", (64, 48)).save(file, "PNG")
        picture = SiteImage.objects.create(
            pk=self.number,
            title="A picture",
            description="A blank card",
            file=ContentFile(file.getvalue(), f"{self.slug}.png"),
        )
        topic = Topic.objects.create(pk=self.number, name=self.slug, slug=self.slug)
        subject = Subject.objects.create(pk=self.number, name="Rosalind Quill")
        self.consent(subject)
        page = ContentPage(
            title=f"Page {self.slug}", slug=self.slug, lead_image=picture
        )
        beside = ContentPage(title="Beside it", slug=f"{self.slug}-2")
        story = TestimonialPage(
            title=f"Story {self.slug}",
            slug=self.slug,
            standfirst="In short.",
            subject=subject,
            topic=topic,
        )
        home.add_child(instance=page)
        topic.hub = home.add_child(instance=beside)
        topic.save()
        stories.add_child(instance=story)
        return page

    def consent(self, subject):
        Consent.objects.create(
            subject=subject,
            scope_medical_detail=True,
            scope_name=True,
            valid_from=date(2026, 1, 1),
            wording_version="2026-01",
        )

    @cached_property
    def pk(self):
        return ContentPage.objects.get(lead_image=self.number, alias_of=None).pk

    @cached_property
    def beside(self):
        return Topic.objects.get(pk=self.number).hub_id

    @cached_property
    def story(self):
        return TestimonialPage.objects.get(subject=self.number).pk

    def page(self):
        return Page.objects.get(pk=self.pk).specific

    def note(self):
        """Return the page beneath one of the two, None where there is none."""
        return self._beneath().filter(alias_of=None).first()

    def alias(self):
        return self._beneath().exclude(alias_of=None).first()

    def _beneath(self):
        pages = Page.objects.in_bulk([self.pk, self.beside]).values()
        one, other = (Page.objects.descendant_of(page) for page in pages)
        return one | other

    def seen(self):
        """Return what readers must see, by address, as the database has it now."""
        found = {each.path: each for each in (*self._pages(), *self._elsewhere())}
        found |= {path: Seen(path, 0) for path in self._addresses if path not in found}
        self._addresses |= found.keys()
        return found

    def _pages(self):
        picture = SiteImage.objects.get(pk=self.number)
        cut = f".{Filter(spec=SOCIAL).get_cache_key(picture)}."
        for page in (self.page(), *self._beneath()):
            pictured = page.pk == self.pk or page.alias_of_id == self.pk
            printed = (picture.credit, cut) if pictured else ()
            path = page.url_path.removeprefix(FRONT)
            if _is_public(page):
                yield Seen(path, shows=(page.title, *printed))
            else:
                yield Seen(path, 0, hides=(page.title,))

    def _elsewhere(self):
        page = self.page()
        model, field = SETTINGS[self.slug]
        printed = getattr(model.objects.get(), field)
        for path in ELSEWHERE:
            yield _listed(path, _is_public(page), page.title, printed)

        story = TestimonialPage.objects.get(pk=self.story)
        told = (story.title, story.subject.name)
        path = story.url_path.removeprefix(FRONT)
        covered = any(map(_holds, story.subject.consents.all()))
        if covered:
            yield Seen(path, shows=(*told, story.topic.name))
        else:
            yield Seen(path, 0, hides=told)
        yield _listed("/stories/", covered, story.title)

        if rule := Redirect.objects.filter(old_path=self.old_path).first():
            yield Seen(f"{self.old_path}/", 301, shows=(rule.redirect_link,))


def _listed(path, is_listed, title, *shows):
    if is_listed:
        return Seen(path, shows=(*shows, title))
    return Seen(path, shows=shows, hides=(title,))


def _is_public(page):
    if not page.live or (page.expire_at and page.expire_at <= timezone.now()):
        return False
    above = page.get_ancestors(inclusive=True)
    if page.alias_of:
        above |= page.alias_of.get_ancestors(inclusive=True)
    return not PageViewRestriction.objects.filter(page__in=above).exists()


def _holds(consent):
    ends = consent.valid_until
    return not consent.withdrawn_at and (ends is None or ends >= timezone.localdate())
