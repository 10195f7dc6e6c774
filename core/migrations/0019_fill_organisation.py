"""Fill the organisation's record from where its facts were kept before, and back.

They stood in core's contact settings, core's footer and wagtail-seo's settings. The
columns there are left as they are: processes of the release before read them.
"""

import json
import uuid

from django.db import migrations

DEFAULT_TYPE = "MedicalClinic"  # what was printed where no type was chosen
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
            record.street = contact.address
        if seo:
            fill_from_seo(record, seo)
            if seo.struct_org_name:
                # The name is the site's. Two would contradict each other.
                site.site_name = seo.struct_org_name
                site.save(update_fields=["site_name"])
                seo.struct_org_name = ""
                seo.save(update_fields=["struct_org_name"])
        record.save()


def fill_from_seo(record, seo):
    for old, new in COPIED.items():
        setattr(record, new, getattr(seo, old))
    record.kind = seo.struct_org_type or DEFAULT_TYPE
    # What readers saw counts where the two were different.
    record.telephone = record.telephone or seo.struct_org_phone[:40]
    parts = [seo.struct_org_address_street, record.locality, record.postal_code]
    if seo.struct_org_address_street:
        record.street = seo.struct_org_address_street
    elif any(parts):
        # The lines that readers saw hold the town, too.
        known = {record.locality, f"{record.region} {record.postal_code}".strip()}
        lines = [line.strip() for line in record.street.splitlines()]
        record.street = "\n".join(line for line in lines if line not in known)
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


def give_back(apps, schema_editor):
    contacts = apps.get_model("core", "ContactSettings").objects
    footers = apps.get_model("core", "FooterSettings").objects
    seo_settings = apps.get_model("wagtailseo", "SeoSettings").objects
    for record in apps.get_model("core", "Organisation").objects.select_related("site"):
        place = f"{record.region} {record.postal_code}".strip()
        lines = [*record.street.splitlines(), record.locality, place]
        contacts.update_or_create(
            site=record.site,
            defaults={
                "phone": record.telephone,
                "email": record.email,
                "hours": record.hours_in_words,
                "address": "\n".join(filter(None, lines)),
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
                "struct_org_address_street": ", ".join(record.street.splitlines())[:255],
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
