"""No list says twice what an alias says beside its original."""

from tests.helpers.factories import (
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)


def test_a_person_stands_in_the_list_of_people_once(client, home):
    people = PeopleIndexPageFactory(parent=home)
    person = PersonPageFactory(parent=people, title="Ada Quay")
    alias = person.create_alias(update_slug="again")

    html = client.get(people.url).content.decode()

    assert person.url in html
    assert alias.url not in html


def test_a_story_stands_in_each_list_once(client, home):
    topic = TopicFactory()
    stories = TestimonialIndexPageFactory(parent=home)
    hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home), topic=topic)
    story = TestimonialPageFactory(parent=stories, topic=topic)
    alias = story.create_alias(update_slug="again")

    for page in (stories, hub):
        html = client.get(page.url).content.decode()
        assert story.url in html
        assert alias.url not in html


def test_an_alias_is_listed_where_its_original_is_not(client, home):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    other = TestimonialIndexPageFactory(parent=home, slug="other")
    alias = story.create_alias(parent=other)

    assert alias.url in client.get(other.url).content.decode()
