"""Write the addresses of redirects that are there in the spelling they are found by.

Those that never led anywhere go: without a target they would say from now on that
something is gone, and of two spellings of one address nothing finds the second.
"""

import logging
from typing import Any

from django.db import migrations

from seo.redirects.addresses import canonical

logger = logging.getLogger(__name__)


def spell(apps: Any, schema_editor: Any) -> None:
    redirects = apps.get_model("wagtailredirects.Redirect").objects
    without = redirects.filter(redirect_link="", redirect_page=None)
    dropped = without.count()
    without.delete()
    for redirect in redirects.order_by("pk").iterator(chunk_size=500):
        try:
            spelled = canonical(redirect.old_path)
        except ValueError:  # no address, which nobody ever asked for
            continue
        if spelled == redirect.old_path:
            continue
        # Of two spellings of one address the first counts, as it did.
        if redirects.filter(old_path=spelled, site_id=redirect.site_id).exists():
            redirects.filter(pk=redirect.pk).delete()
            dropped += 1
        else:
            redirects.filter(pk=redirect.pk).update(old_path=spelled)
    if dropped:
        logger.info("%s redirects that led nowhere were deleted.", dropped)


class Migration(migrations.Migration):
    dependencies = [("seo", "0004_redirects")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop, elidable=True)]
