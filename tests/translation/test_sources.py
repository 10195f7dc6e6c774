"""The sources mark every text that somebody reads, on every branch."""

import re

import pytest

from tests.helpers.marked_strings import ROOT, places
from tests.helpers.unmarked_strings import in_python, in_template

# What only programs and operators read, and what is content.
NO_TEXTS = {"error_reports.py", "previews.py", "proof.py", "robots_file.py"}
NO_FOLDERS = {"backup", "management", "migrations", "settings"}
# What is stored as it is, printed so by citation styles, or read by programs.
THE_SAME_EVERYWHERE = {
    "Admissions officers",
    "Clinical reviewers",
    "Bearer ",
    "Common Crawl",
    "Disallow: ",
    "Identifier: ",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "Quoting",
    "User-agent: Googlebot, Disallow: /",
    "SELECT set_config('statement_timeout', %s, false)",
    "SEO specialists",
    "Source",
    "To be completed: ",
    "video at another host ",
    "//What is due//EN",
    "WEBVTT(?:[ \\t]|$)",
    "et al.",
}


@pytest.fixture(params=places(), ids=lambda place: place.name)
def place(request):
    return request.param


def test_templates_mark_what_they_print(place):
    unmarked = {
        str(path.relative_to(ROOT)): texts
        for path in place.glob("**/templates/**/*.*")
        if path.name not in NO_TEXTS and (texts := list(in_template(path)))
    }

    assert not unmarked


def test_python_marks_what_it_says(place):
    unmarked = {
        f"{path.relative_to(ROOT)}:{line}": text
        for path in place.rglob("*.py")
        if path.name not in NO_TEXTS and not NO_FOLDERS & set(path.parts)
        for line, text in in_python(path)
        if text not in THE_SAME_EVERYWHERE
    }

    assert not unmarked


# Remarks, and what developers read.
IN_A_SCRIPT = re.compile(
    r"/\*.*?\*/|(?:^|\s)//[^\n]*|Error\([^)]*\)", re.DOTALL | re.MULTILINE
)
QUOTED = re.compile(r"""(["'`])([^\n]*?)\1""")
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]|[a-z] [a-z]+ [a-z]|[a-z]\.$")


def texts_of(script):
    code = IN_A_SCRIPT.sub("", script)
    return [text for _, text in QUOTED.findall(code) if SENTENCE.search(text)]


def test_scripts_say_only_what_the_server_tells_them(place):
    unmarked = {
        str(path.relative_to(ROOT)): texts
        for path in place.glob("**/static/**/*.js")
        if "var" not in path.parts and (texts := texts_of(path.read_text()))
    }

    assert not unmarked


def test_what_a_script_says_is_found():
    script = 'button.textContent = "Copy it"; // "Not this remark."\nlet a = "a-b";'

    assert texts_of(script) == ["Copy it"]


TEMPLATE = """
{% comment %}A remark{% endcomment %}{# Another #}
{% block bodyclass %}narrow{% endblock %}
{% include "a.html" with label="Given" %}{{ value|default:"Absent" }}
<p title="Hint" class="Name">Before {{ value }}{% if value %}<b>after</b>{% endif %}</p>
{% translate "Marked" %}{% blocktranslate %}Marked, {{ too }}{% endblocktranslate %}
{{ n }} year{{ n|pluralize }} <input type="submit" value="Send"> BibTeX · {{ n }}
<style>.class { color: red }</style>
"""


def test_what_a_template_does_not_mark_is_found(tmp_path):
    template = tmp_path / "page.html"
    template.write_text(TEMPLATE)

    assert sorted(in_template(template)) == sorted(
        ["Given", "Absent", "Hint", "Before", "after", "year", "|pluralize", "Send"]
    )


PYTHON = '''
"""A docstring is read by nobody else."""
from django.db import models

pytestmark = pytest.mark.every_case
class Kind(models.TextChoices):
    BOOK = "book", "book"
    FILM = "film", _("film")
class Work(models.Model):
    title = models.CharField(
        "working title", default="What an editor changes.", help_text=_("Marked.")
    )
    preview_value = {"text": "What an editor writes."}
    class Meta:
        verbose_name = "work"
        permissions = [("read_it", "Can read it")]
def check(self, value: "Work | None") -> "Work | None":
    """Say no."""
    logger.info("Somebody said no.")
    if value["A key of two words"]:
        raise ValueError("A developer reads this.")
    raise ValidationError("An editor reads this.")
    return f"Error: {value}", f"{value} is not there", f"urn:{value}", ["Two words"]
'''


def test_what_python_does_not_mark_is_found(tmp_path):
    module = tmp_path / "models.py"
    module.write_text(PYTHON)

    assert [text for _, text in in_python(module)] == [
        "book",
        "working title",
        "work",
        "An editor reads this.",
        "Error: ",
        " is not there",
        "Two words",
    ]
