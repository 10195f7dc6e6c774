"""Staff read no text of ours that is not marked, in any view of ours in the admin."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection, get_page_models

from articles.importing.models import ArticleImport
from core.models.assignments import Assignment
from core.models.base_page import BasePage
from core.models.images import SiteImage
from core.models.person_requests import PersonRequest
from core.models.topics import Topic
from core.models.videos import Video
from core.persons.erasing import open_request
from core.persons.person import Person
from evidence.importing.models import ReferenceImport
from evidence.models import Reference
from review.models import ChecklistItem
from testimonials.models.subject import Subject
from tests.helpers.admin_addresses import addresses, arguments
from tests.helpers.factories_newsletter import SubscriberFactory
from tests.helpers.marked_strings import places
from tests.helpers.pseudo_content import page, record
from tests.helpers.pseudo_locale import content, unmarked_in

pytestmark = pytest.mark.one_database

APPS = {place.name for place in places()}


def is_ours(address):
    """Return whether a view, or what it is about, is of one of our apps."""
    module = getattr(address.view_class or address.view, "__module__", "")
    model = address.model
    of_ours = model is not None and model._meta.app_label in APPS
    return of_ours or module.partition(".")[0] in APPS


OURS = [address for address in addresses() if is_ours(address)]


@pytest.fixture
def admin(log_in, pseudo_home):
    """A superuser's browser, and a record of every kind that views are about."""
    client = log_in(None)
    client.user.username = content("user")
    client.user.save()
    for model in get_page_models():
        if issubclass(model, BasePage):
            page(model, pseudo_home)
    for model in (SiteImage, Topic, Video, Reference, Subject):
        record(model, pseudo_home)
    for group in Group.objects.all():
        group.name = content(group.name)
        group.save()
    ChecklistItem.objects.update(text=content("an item"))
    Collection.objects.exclude(name="Root").update(name=content("pictures"))
    reader = SubscriberFactory(status="confirmed", wording_version=content("general"))
    open_request(Person.typed(reader.email), content("reason"), client.user)
    PersonRequest.objects.update(number="1-23")
    Assignment.objects.create(
        page_id=pseudo_home.pk,
        problem="image-without-alternative",
        note=content("note"),
    )
    user = {"user": client.user}
    ReferenceImport.objects.create(**user, file_name=content("list"))
    index = apps.get_model("articles.ArticleIndexPage").objects.first()
    ArticleImport.objects.create(**user, index=index)
    return client


def test_views_of_ours(admin):
    unmarked: dict[str, str] = {}
    seen = set()
    for address in OURS:
        for given in arguments(address):
            response = admin.get(address.path(given))
            kind = response.get("Content-Type", "")
            if response.status_code != 200 or "html" not in kind:
                continue
            seen.add(address.name)
            texts = unmarked_in(response.content.decode(), libraries=True)
            unmarked |= dict.fromkeys(texts, address.path(given))

    assert unmarked == {}
    assert len(seen) > 40, seen
