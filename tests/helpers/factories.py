"""Objects for tests: valid, minimal, and named after what they make.

A factory fills in what the model requires; a test passes what it is about.
"""

from datetime import UTC, datetime

import factory
import wagtail_factories
from wagtail.models import Collection

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from articles.models.index_page import ArticleIndexPage
from core.models.images import SiteImage
from core.models.topics import Topic
from home.models import ContentPage, HomePage, TopicIndexPage, TopicPage
from people.models import PeopleIndexPage, PersonPage
from users.models import User

PUBLISHED = datetime(2026, 1, 1, 12, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("password")

    class Meta:
        model = User


class SiteImageFactory(wagtail_factories.ImageFactory):
    title = "A drawing"
    description = "Two people on a sea wall, one with a stick"
    # The library's own would make another tree of collections for each picture.
    collection = factory.LazyFunction(
        lambda: Collection.get_first_root_node() or Collection.add_root(name="Root")
    )

    class Meta:
        model = SiteImage


class TopicFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")

    class Meta:
        model = Topic


class PageFactory(wagtail_factories.PageFactory):
    """A page of ours; published at a known date, unless a test says otherwise."""

    live = True
    first_published_at = factory.Maybe("live", PUBLISHED, None)
    last_published_at = factory.Maybe("live", PUBLISHED, None)

    class Meta:
        abstract = True


class HomePageFactory(PageFactory):
    title = "The clinic"

    class Meta:
        model = HomePage


class ContentPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Page no. {n:05}")

    class Meta:
        model = ContentPage


class TopicIndexPageFactory(PageFactory):
    title = "Conditions"

    class Meta:
        model = TopicIndexPage


class TopicPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Condition no. {n:05}")
    topic = factory.SubFactory(TopicFactory)

    class Meta:
        model = TopicPage


class PeopleIndexPageFactory(PageFactory):
    title = "People"

    class Meta:
        model = PeopleIndexPage


class PersonPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Person no. {n:05}")
    job_title = "Physiotherapist"
    summary = "Has treated patients since 2004."

    class Meta:
        model = PersonPage


class ArticleIndexPageFactory(PageFactory):
    title = "Blog"

    class Meta:
        model = ArticleIndexPage


class ArticlePageFactory(PageFactory):
    """``ArticlePageFactory(parent=index, contributors=[ada])``."""

    title = factory.Sequence(lambda n: f"Article no. {n:05}")
    standfirst = "What it says, briefly."
    is_medical = False  # or it would go live with a review only

    class Meta:
        model = ArticlePage
        skip_postgeneration_save = True

    @factory.post_generation
    def contributors(article, create, people, **kwargs):
        for order, person in enumerate(people or []):
            Contribution.objects.create(
                article=article, person=person, sort_order=order
            )
