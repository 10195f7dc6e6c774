"""Templates of the admin ask for styles that Wagtail has."""

import re
from pathlib import Path

from django.contrib.staticfiles.finders import find

ROOT = Path(__file__).resolve().parents[3]
CLASSES = re.compile(r'class="([^"{]*)')
# Hooks for Wagtail's scripts, of which no style need be.
NO_STYLES = re.compile("w-(autosave|focus|messages|teleport|unsaved|field--error)")


def test_every_utility_class_that_templates_name_exists():
    styles = Path(find("wagtailadmin/css/core.css")).read_text()
    known = {name.replace("\\", "") for name in re.findall(r"\.(w-[\w\\.-]+)", styles)}
    templates = list(ROOT.glob("*/templates/**/*.html"))

    missing = {
        (template.name, name)
        for template in templates
        for names in CLASSES.findall(template.read_text())
        for name in names.split()
        if name.startswith("w-") and not NO_STYLES.match(name) and name not in known
    }

    assert templates
    assert not missing
