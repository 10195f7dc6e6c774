"""The WSGI application that gunicorn serves."""

import os
import sys
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

site = get_wsgi_application()

# These need the settings.
from django.urls import resolve  # noqa: E402

from core.backup.uncleaned import refuse_uncleaned  # noqa: E402
from core.database import limit_queries  # noqa: E402
from delivery.generations import generations  # noqa: E402
from delivery.store import PageStore  # noqa: E402
from seo.crawling.site_record import say_what_disagrees  # noqa: E402

refuse_uncleaned()
limit_queries()
say_what_disagrees()
# Reads all addresses and what answers at them: workers that part later share it.
resolve("/")
application = PageStore(site)
# What a server was started with may be new: templates, settings, static files. The
# warmer follows a server, and would make old what that has kept.
if (kept := generations()) and "warm_pages" not in sys.argv:
    # A folder or a Redis that fails now is tried again before it is asked for pages.
    with suppress(OSError):
        kept.start()
