"""Export, wipe, import: the same records, in both formats."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from evidence.formats import bibtex_writing, csl_json, detect
from evidence.formats.records import Draft
from evidence.library.completing import FIELDS
from evidence.models import Reference
from evidence.vocabulary import Design, Species, Status, Type

WRITERS = {"CSL-JSON": csl_json.write, "BibTeX": bibtex_writing.write}

# Whatever Unicode holds, and often what either format has a meaning for.
signs = st.sampled_from(
    [
        *"{}\\$&%#_^~\"'`-,.;:<>@=()[]!?|/*+\n\t\xa0",
        *(" and ", "others", "et al.", "van der ", "2020", "Ünal", "é", "µ", "ß", "素"),
        *("--", "''", "``", "\\'e", "{\\o}", "\\textless", "$x^2$", "<i>", "&amp;"),
        *("<script>", "…", "🧠"),
    ]
)
# A byte order mark is taken out wherever it stands in a file.
letters = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"
)
texts = st.lists(st.one_of(signs, st.text(letters, max_size=6)), max_size=8).map(
    lambda pieces: " ".join("".join(pieces).split())
)


def text(longest, shortest=0):
    return texts.map(lambda value: value[:longest].strip()).filter(
        lambda value: len(value) >= shortest
    )


family = st.fixed_dictionaries(
    {"family": text(40, 1)},
    optional={
        "given": text(40, 1),
        "suffix": st.sampled_from(["Jr", "III", "2nd"]),
        "non-dropping-particle": st.sampled_from(["van", "De", "van der", "d'"]),
        "dropping-particle": st.sampled_from(["von", "de la", "Zu"]),
    },
)
group = st.fixed_dictionaries({"literal": text(80, 1)})
dates = st.one_of(
    st.none(),
    st.dates(date(1450, 1, 1), date(2100, 12, 31)),
)


@st.composite
def references(draw):
    issued = draw(dates)
    precision = draw(st.integers(1, 3)) if issued else 0
    return Reference(
        pk=draw(st.integers(1, 9999)),
        csl_type=draw(st.sampled_from(Type.values)),
        title=draw(text(500, 1)),
        authors=draw(st.lists(st.one_of(family, group), max_size=3)),
        more_authors=draw(st.booleans()),
        container_title=draw(text(300)),
        publisher=draw(text(200)),
        issued_year=issued.year if issued else None,
        issued_month=issued.month if precision > 1 else None,
        issued_day=issued.day if precision > 2 else None,
        volume=draw(text(40)),
        issue=draw(text(40)),
        page=draw(text(60)),
        number=draw(text(60)),
        doi=draw(
            st.sampled_from(["", "10.1000/a(b)_c%20d", "10.1002/1<3::aid>3.0;2-#"])
        ),
        pmid=draw(st.sampled_from(["", "1", "33253391"])),
        pmcid=draw(st.sampled_from(["", "PMC7809876"])),
        url=draw(st.sampled_from(["", "https://example.org/a_b?c=%7Bd%7D&e=~f#g"])),
        accessed=draw(dates),
        study_design=draw(st.sampled_from(["", *Design.values])),
        population=draw(text(300)),
        sample_size=draw(st.one_of(st.none(), st.integers(0, 999_999_999))),
        species=draw(st.sampled_from(["", *Species.values])),
        funding=draw(text(500)),
        status=draw(st.sampled_from(Status.values)),
    )


def comparable(reference):
    return {name: getattr(reference, name) for name in FIELDS}


@pytest.mark.parametrize("name", WRITERS)
@given(works=st.lists(references(), min_size=1, max_size=2))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_exported_comes_back_as_it_was(name, works):
    for work in works:
        try:
            work.clean_fields()
            work.clean()
        except ValidationError:
            assume(False)

    contents = detect.read("".join(WRITERS[name](works)))

    assert contents.formats == [name]
    assert all(isinstance(found, Draft) for found in contents.records), contents
    back = [Reference(**found.fields) for found in contents.records]
    assert len(back) == len(works)
    for one, work in zip(map(comparable, back), map(comparable, works), strict=True):
        assert {n: one[n] for n in FIELDS if one[n] != work[n]} == {
            n: work[n] for n in FIELDS if one[n] != work[n]
        }
    assert not any(found.notes for found in contents.records)


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_library_is_an_empty_file(name):
    assert "".join(WRITERS[name]([])) in {"", "[]\n"}
