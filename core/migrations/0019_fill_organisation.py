"""Fill the organisation's record from where its facts were kept before, and back.

They stood in core's contact settings, core's footer and wagtail-seo's settings. The
columns there are left as they are: processes of the release before read them.
"""

import json
import re
import uuid

from django.db import migrations

DEFAULT_TYPE = "MedicalClinic"  # what was printed where no type was chosen
# As `core.models.Organisation` prints it.
POSTAL_CODE_FIRST = set(
    "AT BE CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU MC NL NO PL PT RO RS SE SI "
    "SK SM TR VA".split()
)
COPIED = {
    "struct_org_address_locality": "locality",
    "struct_org_address_region": "region",
    "struct_org_address_postal": "postal_code",
    "struct_org_address_country": "country",
    "struct_org_geo_lat": "latitude",
    "struct_org_geo_lng": "longitude",
    "struct_org_logo_id": "logo_id",
    "struct_org_image_id": "premises_id",
}


PLACE = [name for name in COPIED if "address" in name]


def raw(stream):
    return [dict(child) for child in getattr(stream, "raw_data", [])]


def with_actions(text, actions):
    """Return additional markup that says the actions, too, which had a field of their own."""
    if not actions:
        return text
    try:
        markup = json.loads(text) if text.strip() else {}
    except ValueError:
        return text
    if not isinstance(markup, dict) or "potentialAction" in markup:
        return text
    markup["potentialAction"] = [
        {
            "@type": value["action_type"],
            "target": {"@type": "EntryPoint", "urlTemplate": value["target"]},
        }
        for value in (child["value"] for child in actions)
    ]
    return json.dumps(markup, ensure_ascii=False)


def fill(apps, schema_editor):
    organisations = apps.get_model("core", "Organisation").objects
    contacts = apps.get_model("core", "ContactSettings").objects
    footers = apps.get_model("core", "FooterSettings").objects
    seo_settings = apps.get_model("wagtailseo", "SeoSettings").objects
    for site in apps.get_model("wagtailcore", "Site").objects.all():
        contact = contacts.filter(site=site).first()
        footer = footers.filter(site=site).first()
        seo = seo_settings.filter(site=site).first()
        social = raw(footer.social) if footer else []
        if not (contact or seo or social):
            continue
        record, _made = organisations.get_or_create(site=site)
        record.elsewhere = json.dumps(social)
        if contact:
            record.telephone = contact.phone
            record.email = contact.email
            record.hours_in_words = contact.hours
        if seo:
            fill_from_seo(record, seo)
            if seo.struct_org_name:
                # The name is the site's. Two would contradict each other.
                site.site_name = seo.struct_org_name
                site.save(update_fields=["site_name"])
                seo.struct_org_name = ""
                seo.save(update_fields=["struct_org_name"])
        record.street = street_of(record, contact, seo)
        record.save()


def words_of(text):
    return re.findall(r"\w+", text.casefold())


def without_place(address, record):
    """Return an address without the lines that say town, region and postal code alone."""
    place = set()
    for part in (record.locality, record.region, record.postal_code):
        place.update(words_of(part))
    lines = [line.strip() for line in address.splitlines()]
    return "\n".join(line for line in lines if set(words_of(line)) - place)


def street_of(record, contact, seo):
    """Return what readers saw but for the place, else what search engines were told."""
    seen = without_place(contact.address, record) if contact else ""
    return seen or (seo.struct_org_address_street if seo else "")


def fill_from_seo(record, seo):
    for old, new in COPIED.items():
        setattr(record, new, getattr(seo, old))
    record.kind = seo.struct_org_type or DEFAULT_TYPE
    # What readers saw counts where the two were different.
    record.telephone = record.telephone or seo.struct_org_phone[:40]
    record.opening_hours = json.dumps(
        [
            {
                "type": "hours",
                "id": child.get("id") or str(uuid.uuid4()),
                "value": {
                    "days": child["value"]["days"],
                    "opens": child["value"]["start_time"],
                    "closes": child["value"]["end_time"],
                },
            }
            for child in raw(seo.struct_org_hours)
        ]
    )
    record.markup = with_actions(
        seo.struct_org_extra_json, raw(seo.struct_org_actions)
    )


def address_of(record):
    """Return the address as readers see it (`core.models.Organisation`)."""
    before = f"{record.postal_code} {record.locality}".strip()
    after = f"{record.region} {record.postal_code}".strip()
    if record.country.strip().upper() in POSTAL_CODE_FIRST:
        place = [before, record.region]
    else:
        place = [record.locality, after]
    lines = [*record.street.splitlines(), *place]
    return "\n".join(filter(None, map(str.strip, lines)))


def is_as_filled(record, contact, seo):
    """Return whether the address is still the one that the old columns hold."""
    kept = [getattr(seo, old) if seo else "" for old in PLACE]
    said = [getattr(record, COPIED[old]) for old in PLACE]
    return said == kept and record.street == street_of(record, contact, seo)


def give_back(apps, schema_editor):
    contacts = apps.get_model("core", "ContactSettings").objects
    footers = apps.get_model("core", "FooterSettings").objects
    seo_settings = apps.get_model("wagtailseo", "SeoSettings").objects
    for record in apps.get_model("core", "Organisation").objects.select_related("site"):
        contact = contacts.filter(site=record.site).first()
        seo = seo_settings.filter(site=record.site).first()
        is_kept = is_as_filled(record, contact, seo)
        contacts.update_or_create(
            site=record.site,
            defaults={
                "phone": record.telephone,
                "email": record.email,
                "hours": record.hours_in_words,
                "address": contact.address if contact and is_kept else address_of(record),
            },
        )
        footers.update_or_create(
            site=record.site, defaults={"social": json.dumps(raw(record.elsewhere))}
        )
        seo_settings.update_or_create(
            site=record.site,
            defaults={
                **{old: getattr(record, new) for old, new in COPIED.items()},
                "struct_org_type": record.kind,
                "struct_org_name": record.site.site_name,
                "struct_org_phone": record.telephone,
                "struct_org_address_street": (
                    seo.struct_org_address_street
                    if seo and is_kept
                    else ", ".join(record.street.splitlines())[:255]
                ),
                "struct_org_hours": json.dumps(
                    [
                        {
                            "type": "hours",
                            "id": child.get("id"),
                            "value": {
                                "days": child["value"]["days"],
                                "start_time": child["value"]["opens"],
                                "end_time": child["value"]["closes"],
                            },
                        }
                        for child in raw(record.opening_hours)
                    ]
                ),
                "struct_org_actions": "[]",  # they are in the markup
                "struct_org_extra_json": record.markup,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0018_organisation"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailseo", "0004_seosettings_og_image_default"),
    ]
    operations = [migrations.RunPython(fill, give_back)]
