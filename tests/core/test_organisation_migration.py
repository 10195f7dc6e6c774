"""What the release before kept of the organisation arrives in its record, and back."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from core.models.organisation import Organisation
from core.models.site_settings import ContactSettings, FooterSettings

MIGRATION = import_module("core.migrations.0019_fill_organisation")
HOURS = {"days": ["Monday"], "start_time": "09:00:00", "end_time": "17:00:00"}
ACTION = {"action_type": "ReserveAction", "target": "https://clinic.example/book/"}


@pytest.fixture
def site(home):
    site = Site.objects.get()
    site.site_name = "Site"
    site.save()
    return site


def fill():
    MIGRATION.fill(apps, None)
    return Organisation.objects.get()


def test_what_readers_saw_counts_where_two_facts_differed(site):
    ContactSettings.objects.create(
        site=site,
        email="a@example.org",
        phone="1",
        hours="Always",
        address="1 Way\nTernhaven\nWexshire TH0",
    )
    SeoSettings.objects.create(
        site=site,
        struct_org_name="Clinic",
        struct_org_phone="2",
        struct_org_address_locality="Ternhaven",
        struct_org_address_region="Wexshire",
        struct_org_address_postal="TH0",
        struct_org_hours=json.dumps([{"type": "hours", "id": "a", "value": HOURS}]),
        struct_org_actions=json.dumps([{"type": "actions", "value": ACTION}]),
        struct_org_extra_json='{"slogan": "Care"}',
    )
    FooterSettings.objects.create(
        site=site, social=[("link", {"label": "M", "url": "https://m.example/"})]
    )

    record = fill()

    assert record.site.site_name == "Clinic"
    assert SeoSettings.objects.get().struct_org_name == ""
    assert (record.telephone, record.email) == ("1", "a@example.org")
    assert record.address_lines == ["1 Way", "Ternhaven", "Wexshire TH0"]
    assert record.kind == "MedicalClinic"  # as was printed
    assert record.hours_for_readers == "Always"
    assert str(record.opening_hours[0].value["opens"]) == "09:00:00"
    assert record.elsewhere[0].value["url"] == "https://m.example/"
    markup = json.loads(record.markup)
    assert markup["potentialAction"][0]["@type"] == "ReserveAction"
    assert markup["slogan"] == "Care"


@pytest.mark.parametrize(
    ("address", "place", "lines"),
    [
        (
            "Hauptstr. 1\n10115 Berlin",
            ("Berlin", "", "10115", "DE"),
            ["Hauptstr. 1", "10115 Berlin"],
        ),
        (
            "Kasernenstr. 2\n8004 Zürich, ZH",
            ("Zürich", "ZH", "8004", "ch"),
            ["Kasernenstr. 2", "8004 Zürich", "ZH"],
        ),
        (
            "1 Way\nLondon NW1 4RY",
            ("London", "", "NW1 4RY", "GB"),
            ["1 Way", "London", "NW1 4RY"],
        ),
        ("1 London Way", ("London", "", "", ""), ["1 London Way", "London"]),
    ],
)
def test_says_the_town_once_and_where_its_country_does(site, address, place, lines):
    ContactSettings.objects.create(site=site, address=address)
    names = ("locality", "region", "postal", "country")
    parts = zip(names, place, strict=True)
    settings = SeoSettings.objects.create(
        site=site, **{f"struct_org_address_{name}": part for name, part in parts}
    )

    record = fill()

    assert record.address_lines == lines
    assert record.street == lines[0]
    MIGRATION.give_back(apps, None)
    assert ContactSettings.objects.get().address == address
    settings.refresh_from_db()
    assert settings.struct_org_address_street == ""


def test_the_address_that_readers_saw_is_kept_on_both_ways(site):
    address = "Ward 3, second floor\n1 Way\nTernhaven"
    ContactSettings.objects.create(site=site, address=address)
    SeoSettings.objects.create(
        site=site,
        struct_org_address_street="1 Way",
        struct_org_address_locality="Ternhaven",
    )

    record = fill()

    assert record.address_lines == address.split("\n")
    MIGRATION.give_back(apps, None)
    assert ContactSettings.objects.get().address == address
    assert SeoSettings.objects.get().struct_org_address_street == "1 Way"


def test_a_street_that_readers_did_not_see_fills_what_they_saw_nothing_of(site):
    SeoSettings.objects.create(site=site, struct_org_address_street="1 Way")

    assert fill().address_lines == ["1 Way"]


def test_a_site_without_any_gets_no_record(site):
    MIGRATION.fill(apps, None)

    assert not Organisation.objects.exists()


def test_goes_back_with_what_was_changed_since(site):
    SeoSettings.objects.create(site=site, struct_org_type="Dentist")
    record = fill()
    record.telephone, record.street = "3", "Loft\n1 Way"
    record.locality = "Ternhaven"
    record.opening_hours = [
        ("hours", {"days": ["Friday"], "opens": "08:00", "closes": "12:00"})
    ]
    record.save()

    MIGRATION.give_back(apps, None)

    contact, seo = ContactSettings.objects.get(), SeoSettings.objects.get()
    assert contact.phone == seo.struct_org_phone == "3"
    assert contact.address == "Loft\n1 Way\nTernhaven"
    assert seo.struct_org_address_street == "Loft, 1 Way"
    assert seo.struct_org_type == "Dentist"
    assert seo.struct_org_name == "Site"
    assert seo.struct_org_hours[0].value["days"] == ["Friday"]
