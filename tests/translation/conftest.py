"""A site in a language in which every text can be told from others."""

import pytest
from django.conf import settings as django_settings
from wagtail.models import PageLogEntry, Site

from tests.helpers import pseudo_locale
from tests.helpers.pseudo_locale import LANGUAGE, content


@pytest.fixture(scope="session")
def pseudo_catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    pseudo_locale.write_catalogue(folder)
    return folder


@pytest.fixture
def pseudo(settings, pseudo_catalogue):
    """Every text of ours is accented, whatever the user prefers."""
    settings.LOCALE_PATHS = [pseudo_catalogue]
    settings.LANGUAGE_CODE = LANGUAGE
    settings.LANGUAGES = [*django_settings.LANGUAGES, (LANGUAGE, "⟦⟧")]


@pytest.fixture
def pseudo_home(home, pseudo):
    """The front page of a site in that language."""
    locale = home.locale
    locale.language_code = LANGUAGE
    locale.save()
    home.title = home.draft_title = content("The clinic")
    home.save(clean=False)
    Site.objects.update(site_name=home.title)
    PageLogEntry.objects.update(label=home.title)
    PageLogEntry.objects.exclude(data={}).delete()  # its title was in English before
    return home
