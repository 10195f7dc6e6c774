"""The organisation's one record: its form, and every place that prints it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models.organisation import Organisation
from home.roles import EDITORS, MODERATORS, SEO_SPECIALISTS
from people.models import PersonPage
from seo.graph import words
from seo.graph.markup import DEEPEST, LONGEST, MarkupError, extra_properties, parsed
from seo.graph.markup import problems as problems_of
from seo.graph.organisation_types import ORGANISATION_TYPES
from seo.templatetags.seo_tags import json_ld
from tests.helpers.factories import (
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.schema_org import mistakes, nodes_by_fragment

RATING = '{"@type": "AggregateRating", "ratingValue": 5, "ratingCount": 1}'


@pytest.fixture
def site(home):
    return Site.objects.get()


@pytest.fixture
def record(site):
    return Organisation.for_site(site)


def node(client):
    return nodes_by_fragment(client.get("/"))["organization"]


def form(**changes):
    """What the record's form posts."""
    days = changes.pop("days", [])
    data = nested_form_data(
        {
            "name": "Nerve Clinic",
            "kind": "Hospital",
            "legal_name": "",
            "logo": "",
            "premises": "",
            "telephone": "+44 1632 960417",
            "email": "",
            "street": "",
            "locality": "",
            "region": "",
            "postal_code": "",
            "country": "",
            "latitude": "",
            "longitude": "",
            "opening_hours": streamfield([]),
            "hours_in_words": "",
            "elsewhere": streamfield([]),
            "markup": "",
            **changes,
        }
    )
    return {**data, "opening_hours-0-value-days": days}


def url_of(record):
    return reverse(
        "wagtailsettings:edit", args=["core", "organisation", record.site_id]
    )


class TestForm:
    def save(self, client, record, **changes):
        return client.post(url_of(record), form(**changes))

    def test_says_on_every_page_what_was_typed(self, log_in, record):
        client = log_in(SEO_SPECIALISTS)
        hours = {"opens": "09:00", "closes": "17:30"}
        link = {"label": "Mastodon", "url": "https://social.example/@nerve"}

        response = self.save(
            client,
            record,
            street="The Loft\n1 Way",
            locality="Ternhaven",
            postal_code="TH0 9QY",
            opening_hours=streamfield([("hours", hours)]),
            elsewhere=streamfield([("link", link)]),
            markup='{"foundingDate": "2017"}',
            days=["Tuesday", "Monday"],
        )

        assert response.status_code == 302
        client.logout()
        page = client.get("/")
        said = nodes_by_fragment(page)["organization"]
        assert said["@type"] == "Hospital"
        assert said["name"] == "Nerve Clinic"
        assert said["address"] == {
            "@type": "PostalAddress",
            "streetAddress": "The Loft, 1 Way",
            "addressLocality": "Ternhaven",
            "postalCode": "TH0 9QY",
        }
        assert said["openingHoursSpecification"][0]["closes"] == "17:30"
        assert said["sameAs"] == ["https://social.example/@nerve"]
        assert said["foundingDate"] == "2017"
        assert list(mistakes(said)) == []
        html = BeautifulSoup(page.content, "html.parser")
        footer = html.select_one("footer").get_text(" ", strip=True)
        assert "The Loft 1 Way Ternhaven TH0 9QY" in footer
        assert "Mon, Tue" in footer
        assert html.select_one("footer a[rel=me]")["href"] == said["sameAs"][0]
        assert "Nerve Clinic" in html.title.text + footer
        assert Site.objects.get().site_name == "Nerve Clinic"
        panel = log_in(SEO_SPECIALISTS).get(url_of(record)).content
        told = BeautifulSoup(panel, "html.parser").select_one("pre").text
        assert json.loads(told) == said

    def test_offers_a_clinic_and_shows_what_is_stored(self, log_in, record):
        kinds = [name for _, group in ORGANISATION_TYPES for name, _ in group]
        assert "MedicalClinic" in kinds
        assert all("Organization" in words.kinds(kind) for kind in kinds)

        def chosen():
            html = BeautifulSoup(client.get(url_of(record)).content, "html.parser")
            return html.select_one("select[name=kind] option[selected]")["value"]

        client = log_in(MODERATORS)
        assert chosen() == "MedicalClinic"
        Organisation.objects.update(kind="Airline")
        assert chosen() == "Airline"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"markup": '{"slogan": NaN}'}, "NaN is no number"),
            ({"markup": '{"maximumAttendeeCapacity": -1e999}'}, "-1e999 is no number"),
            ({"markup": f'{{"department": {{"aggregateRating": {RATING}}}}}'}, "set"),
            ({"markup": '{"logo": "javascript:1"}'}, "filled in above"),
            ({"kind": "Person"}, "not one of the available choices"),
            ({"latitude": "51"}, "both coordinates"),
            ({"latitude": "91", "longitude": "0"}, "between -90 and 90"),
            ({"name": "\x0b"}, "required"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(
        self, log_in, record, changes, sentence
    ):
        response = self.save(log_in(None), record, **changes)

        html = response.content.decode()
        assert response.status_code == 200
        assert sentence in html
        assert "+44 1632 960417" in html
        record.refresh_from_db()
        assert record.telephone == ""
        assert Site.objects.get().site_name != "Nerve Clinic"

    def test_is_not_for_editors_of_pages(self, log_in, record):
        assert self.save(log_in(EDITORS), record).status_code == 302
        record.refresh_from_db()
        assert record.telephone == ""

    def test_asks_nobody_twice(self, log_in, site):
        client = log_in(None)
        seo = reverse(
            "wagtailsettings:edit", args=["wagtailseo", "seosettings", site.pk]
        )
        footer = reverse(
            "wagtailsettings:edit", args=["core", "footersettings", site.pk]
        )

        assert "struct_org" not in client.get(seo).content.decode()
        assert 'name="social' not in client.get(footer).content.decode()
        gone = reverse(
            "wagtailsettings:edit", args=["core", "organisation", site.pk]
        ).replace("organisation", "contactsettings")
        assert client.get(gone).status_code == 404


class TestMarkup:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("{", "not valid JSON"),
            ("[1]", "Write an object"),
            ('{"slogan": Infinity}', "Infinity is no number"),
            ('{"slogan": 1, "slogan": 2}', "said twice"),
            ('{"slogan": "' + "x" * LONGEST + '"}', "too long"),
            ('{"a": ' + "[" * DEEPEST + "]" * DEEPEST + "}", "too deep"),
            ('{"a": ' + "[" * 4000 + "]" * 4000 + "}", "too deep"),
        ],
    )
    def test_that_is_no_object_is_refused(self, text, sentence):
        with pytest.raises(MarkupError, match=sentence):
            parsed(text)

        assert extra_properties(text, "MedicalClinic") == {}

    @pytest.mark.parametrize(
        "markup",
        [
            {"aggregateRating": {"ratingValue": 5}},
            {"@id": "https://elsewhere.example/"},
            {"@type": "Person"},
            {"@type": ["Hospital", "Review"]},
            {"bogus": "1"},
            {"recipeYield": "1"},
            {"founder": {"@type": "Person", "name": "A", "url": "javascript:1"}},
            {"founder": {"@type": "Person", "name": "A", "url": "java\nscript:1"}},
            {"founder": {"@type": "Person", "image": ["data:text/html,1"]}},
            {"founder": {"@type": "Person", "url": "ftp://files.example/"}},
            {"founder": {"@type": "Person", "sameAs": "//no-scheme.example/"}},
            {"founder": {"@type": "Person", "@id": "javascript:1"}},
            {"founder": {"@type": "Recipe", "name": "Soup"}},
            {"founder": {"name": "Of no type"}},
            {"department": [{"@type": "Hospital", "review": {"@type": "Review"}}]},
            {"potentialAction": {"@type": "SearchAction", "target": "https://a.b/"}},
            {"foundingDate": "last year"},
            {"medicalSpecialty": "Magic"},
            {"slogan": ""},
            {"founder": []},
        ],
        ids=str,
    )
    def test_that_would_mislead_is_left_out_and_nothing_else(self, markup):
        assert list(problems_of(markup, "MedicalClinic"))

        text = json.dumps({**markup, "slogan": markup.get("slogan", "Care: always")})
        kept = extra_properties(text, "MedicalClinic")

        assert kept.get("@type") in (None, ["Hospital"], "Hospital")
        assert set(kept) <= {"slogan"}
        assert "slogan" in markup or kept == {"slogan": "Care: always"}

    @pytest.mark.parametrize(
        "markup",
        [
            {"medicalSpecialty": "Neurologic"},
            {"medicalSpecialty": ["https://schema.org/Neurologic", "Surgical"]},
            {"@type": "NGO", "nonprofitStatus": "Nonprofit501c3"},
            {"numberOfEmployees": {"@type": "QuantitativeValue", "value": 12}},
            {"founder": {"@type": "Person", "name": "A", "sameAs": ["https://a.b/"]}},
            {"slogan": "Follow: us"},
        ],
        ids=str,
    )
    def test_in_the_words_of_schema_org_is_printed(self, client, record, markup):
        assert not list(problems_of(markup, "MedicalClinic"))
        record.markup = json.dumps(markup)
        record.save()

        said = node(client)

        for name, value in markup.items():
            if name == "@type":
                assert said["@type"] == ["MedicalClinic", value]
            else:
                assert said[name] == value
        assert list(mistakes(said)) == []


class TestGraph:
    def test_survives_whatever_is_stored(self, client, record):
        Organisation.objects.update(
            kind="Nonsense", markup='{"slogan": NaN', latitude=1, longitude=None
        )
        record = Organisation.objects.get()
        record.elsewhere = '[{"type": "link", "value": {"label": "A", "url": null}}]'
        record.opening_hours = '[{"type": "hours", "value": {"days": null}}]'
        record.save()

        assert node(client)["@type"] == "MedicalClinic"
        Site.objects.update(site_name="\x0b")
        cache.clear()
        assert node(client)["url"] == "http://localhost/"
        assert "website" in nodes_by_fragment(client.get("/"))

    def test_survives_a_stored_number_that_json_does_not_know(self, client, record):
        Organisation.objects.update(markup='{"maximumAttendeeCapacity": [1, 1e999]}')

        assert "maximumAttendeeCapacity" not in node(client)

    def test_that_cannot_be_printed_harms_no_page(self, caplog):
        assert json_ld({"position": float("inf")}) == ""
        assert "could not be printed" in caplog.text

    def test_has_logo_and_place(self, client, record):
        record.logo = SiteImageFactory()
        record.latitude, record.longitude = 51.5, 0
        record.save()

        said = node(client)

        assert said["logo"]["url"].startswith("http://localhost/media/")
        assert said["geo"]["longitude"] == 0

    @pytest.mark.parametrize(
        ("typed", "same"),
        [
            ("The nerve clinic", True),
            ("NERVE  CLINIC.", True),
            ("Nerve Clinic Ltd", True),
            ("Nerve Clinics", False),
            ("Clinic", False),
        ],
    )
    def test_is_whom_people_work_for_under_its_own_name(
        self, client, home, record, typed, same
    ):
        Site.objects.update(site_name="Nerve Clinic")
        record.legal_name = "Nerve Clinic Ltd"
        record.save()
        people = PeopleIndexPageFactory(parent=home)
        ada = PersonPageFactory(parent=people, organisation=typed)

        works_for = nodes_by_fragment(client.get(ada.url))["person"]["worksFor"]

        assert PersonPage.objects.get().organisation == typed
        assert (works_for == {"@id": "http://localhost/#organization"}) is same
        assert same or works_for == {"@type": "Organization", "name": typed}
