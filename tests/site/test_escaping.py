"""Nothing that people type is executed: not by browsers, feed readers or robots."""

import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models.contributions import Contribution
from core.models.organisation import Organisation
from core.models.site_settings import (
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from evidence.models import Reference
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory, question
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    every_block,
)
from tests.helpers.page_form import edit_url, posted

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</title>"
SHORT = '"><script>alert(1)</script>'
# As it could only be stored by code: rich text is HTML on its way out.
LINK = '<p><a href="https://example.org">{}</a></p>'


def executable(html):
    """Return what a browser would execute, or be led to execute."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for tag in soup.find_all(True):
        found += [name for name in tag.attrs if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "poster"):
            value = "".join(str(tag.get(name, "")).split()).lower()
            if value.startswith(("javascript:", "vbscript:", "data:text")):
                found.append(value)
        if tag.name == "script" and "alert(1)" in (tag.string or ""):
            if tag.get("type") != "application/ld+json":
                found.append(str(tag))
            json.loads(tag.string)
    return found


@pytest.fixture
def pages(home):
    """A site in which every text field says something evil."""
    topic = TopicFactory(name=EVIL, summary=EVIL)
    picture = SiteImageFactory(title=EVIL, description=EVIL, credit=EVIL, licence=EVIL)
    picture.contextual_alt_text, picture.decorative = EVIL, False
    people = PeopleIndexPageFactory(parent=home, title=EVIL, standfirst=EVIL, slug="s0")
    ada = PersonPageFactory(
        parent=people,
        title=EVIL,
        job_title=EVIL,
        organisation=EVIL,
        summary=EVIL,
        post_nominals=SHORT,
        portrait=picture,
    )
    ada.credentials.create(name=EVIL, awarded_by=EVIL)
    ada.memberships.create(organisation=EVIL)
    index = ArticleIndexPageFactory(parent=home, title=EVIL, standfirst=EVIL, slug="s1")
    reference = Reference.objects.create(
        title=EVIL, authors=[{"family": EVIL, "given": EVIL}], container_title=EVIL
    )
    stories = TestimonialIndexPageFactory(parent=home, title=EVIL, slug="s2")
    story = TestimonialPageFactory(
        parent=stories,
        title=EVIL,
        standfirst=EVIL,
        topic=topic,
        subject=SubjectFactory(
            name="<s onclick=x()>Quillfeather</s>",
            consented__scope_name=True,
            relation="paid",
            disclosure=EVIL,
        ),
    )
    article = ArticlePageFactory(
        parent=index,
        title=EVIL,
        standfirst=EVIL,
        seo_title=EVIL,
        search_description=EVIL,
        topic=topic,
        lead_image=picture,
        lead_image_alt=EVIL,
        lead_image_caption=EVIL,
        body=[
            ("heading", {"text": EVIL, "level": "2", "anchor": ""}),
            (
                "figure",
                {"image": picture, "caption": LINK.format("x"), "credit": EVIL},
            ),
            ("questions", {"items": [{"question": EVIL, "answer": "<p>a</p>"}]}),
            ("callout", {"kind": "note", "heading": EVIL, "text": "<p>a</p>"}),
            (
                "call_to_action",
                {"heading": EVIL, "text": "", "label": SHORT, "page": home},
            ),
            ("spoken_quotation", {"introduction": EVIL, "text": "a", "speaker": EVIL}),
            (
                "attributed_quotation",
                {"text": "a", "author": EVIL, "reference": reference},
            ),
            (
                "key_fact",
                {"figure": SHORT, "text": "a", "reference": reference, "locator": EVIL},
            ),
            ("page_cards", {"heading": EVIL, "pages": [home]}),
            (
                "sign_up",
                {"heading": EVIL, "label": SHORT, "page": home, "page_label": EVIL},
            ),
            *every_block(story),
        ],
    )
    Contribution.objects.create(article=article, person=ada, disclosure=EVIL)
    hub = TopicPageFactory(
        parent=TopicIndexPageFactory(parent=home, title=EVIL, slug="s3"),
        topic=topic,
        title=EVIL,
    )
    plain = ContentPageFactory(
        parent=home,
        slug="plain",
        title=EVIL,
        standfirst=EVIL,
        lead_image=picture,
        body=[
            ("latest_articles", {"heading": EVIL, "count": 3}),
            ("topics", {"heading": EVIL}),
        ],
    )
    form = ApplicationFormPageFactory(
        parent=home,
        title=EVIL,
        standfirst=EVIL,
        submit_label=SHORT,
        thanks_heading=EVIL,
        questions=[
            question("short_text", label=EVIL, help_text=EVIL, reason=EVIL),
            question("single_choice", choices=[EVIL, "Other"]),
        ],
    )
    site = Site.objects.get()
    Site.objects.update(site_name=EVIL)
    link = {"label": SHORT, "page": home, "url": ""}
    NavigationSettings.objects.create(
        site=site,
        call_to_action_label=SHORT,
        call_to_action_page=home,
        menu=[("item", {**link, "children": [link]})],
    )
    FooterSettings.objects.create(
        site=site, columns=[("column", {"heading": EVIL, "links": [link]})]
    )
    DisclaimerSettings.objects.create(site=site, general=LINK.format("x"))
    site.site_name = EVIL
    site.save()
    Organisation.objects.create(
        site=site,
        legal_name=EVIL,
        telephone=SHORT,
        hours_in_words=EVIL,
        street=EVIL,
        locality=EVIL,
        elsewhere=[("link", {"label": SHORT, "url": "https://example.org/"})],
        markup=json.dumps({"slogan": EVIL}),
    )
    return [
        *(home, people, ada, index, article, stories, story, hub.get_parent(), hub),
        *(plain, form),
    ]


def test_no_field_of_an_editor_reaches_the_browser_as_code(client, pages):
    addresses = [page.url for page in pages]
    addresses += ["/search/?query=script", "/nowhere/", "/newsletter/sign-up/"]
    for address in addresses:
        html = client.get(address).content.decode()

        assert executable(html) == [], address
        assert "<script>alert" not in html, address
        assert "<img src=x" not in html, address
        assert not re.search(r"49(<|&lt;)/title", html), address


@pytest.mark.one_database
def test_no_query_reaches_the_browser_as_code(client, pages):
    for page in pages:
        for name in ("query", "topic", "page", "newsletter", "q"):
            html = client.get(page.url, {name: EVIL}).content.decode()

            assert executable(html) == []


def test_feeds_and_sitemap_are_well_formed_and_hold_no_markup(client, pages):
    for address in (reverse("articles:rss"), reverse("articles:atom"), "/sitemap.xml"):
        tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314

        assert not [each for each in tree.iter() if each.tag.endswith("script")]


def forged(kind, data):
    """Return a sentence with markup in it, and an entity, as the editor posts them."""
    block = {
        "key": "a",
        "text": f"Forged {EVIL}",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 6, "key": 0}],
    }
    entity = {"type": kind, "mutability": "MUTABLE", "data": data}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def test_rich_text_posted_past_the_editor_is_left_without_code(client, log_in, home):
    article = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))
    links = ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x"]
    body = streamfield(
        [("paragraph", forged("LINK", {"url": url})) for url in links]
        + [
            ("paragraph", forged("LINK", {"url": '#"onclick="alert(1)'})),
            ("paragraph", forged("EMBED", {"url": "https://evil.example/"})),
            ("paragraph", forged("IMAGE", {"src": "x", "id": "1", "alt": SHORT})),
            ("paragraph", forged("CITATION", {"id": SHORT, "locator": SHORT})),
            ("paragraph", forged("NONSENSE", {})),
        ]
    )
    data = posted(level="2", slug=article.slug, body=body)

    staff = log_in(None)
    response = staff.post(edit_url(article), data)
    draft = reverse("wagtailadmin_pages:view_draft", args=[article.pk])

    html = staff.get(draft).content.decode()
    assert response.status_code == 302
    assert "Forged" in html
    assert executable(html) == []
    assert "evil.example" not in html


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//x", False),
        ("https://example.org/", True),
    ],
)
def test_an_address_in_a_menu_leads_to_a_page_and_nowhere_else(
    log_in, home, url, is_kept
):
    site = Site.objects.get()
    link = {"label": "Away", "page": "", "url": url}
    data = nested_form_data(
        {
            "menu": streamfield([("item", {**link, "children": streamfield([])})]),
            "call_to_action_label": "",
            "call_to_action_page": "",
        }
    )
    address = reverse("wagtailsettings:edit", args=["core", "navigationsettings"])

    log_in(None).post(f"{address}{site.pk}/", data)

    kept = NavigationSettings.objects.filter(site=site).first()
    assert bool(kept and len(kept.menu)) == is_kept
