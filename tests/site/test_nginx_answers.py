"""The pages that nginx has of its own, as they are printed."""

import pytest

from core.management.server_answers import answers

# What nginx reads as one word of its configuration.
LONGEST = 4096


@pytest.mark.parametrize("language", ["en-gb", "de"])
def test_each_fits_into_the_configuration(settings, language):
    settings.LANGUAGE_CODE = language

    pages = {str(answer["shown"]): str(answer["page"]) for answer in answers()}

    assert set(pages) == {"413", "429", "431", "503"}
    for page in pages.values():
        assert len(page.encode()) < LONGEST
        assert "\n" not in page
        assert page.count("$") == page.count("$clinic_limit")
        assert "//" not in page  # nothing of elsewhere
    assert ("ist noch da" in pages["413"]) == (language == "de")
