"""Files of references as databases export them, made up from a seed.

Among the works are those with LaTeX accents, groups, “et al.”, no author, no year, a
range of years and markup in the title; `nasty` adds a broken record and others.
"""

import json
import random

FAMILIES = ["Petrou", "Nakamura", "O'Neil", "García Márquez", "Åkesson", "Öztürk", "Li"]
FAMILIES += [
    "Dvořák",
    "Smith-Jones",
    "Ng",
    "Fernández",
    "Kowalczyk",
    "Weiß",
    "Sørensen",
]
GIVEN = ["Panayiota", "Hiro", "Mary Ann", "J. P.", "Élise", "Jean-Pierre", "K", "Zoë"]
GROUPS = ["World Health Organization", "The RECOVERY Group", "Department of Health, UK"]
JOURNALS = ["Brain", "The Lancet", "BMJ Open", "Stem Cells & Development", "JAMA"]
SUBJECTS = [
    "walking speed",
    "motor neurones",
    "\N{GREEK SMALL LETTER ALPHA}-synuclein",
    "gait",
    "IL-6 levels",
]
KINDS = ["Effect", "Safety", "A randomised trial", "Long-term follow-up", "A review"]
ACCENTS = {
    "á": r"{\'a}",
    "é": r"{\'e}",
    "É": r"{\'E}",
    "í": r"{\'\i}",
    "ö": r"{\"o}",
    "Ö": r"{\"O}",
    "ü": r"{\"u}",
    "ë": r"{\"e}",
    "ř": r"{\v{r}}",
    "Å": r"{\AA}",
    "ø": r"{\o}",
    "ß": r"{\ss}",
    "\N{GREEK SMALL LETTER ALPHA}": r"$\alpha$",
    "&": r"\&",
    "%": r"\%",
}
MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]


def works(size, seed=1):
    """Yield what is known of works that never were: each with its own title."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(size):
        people = [
            (chance.choice(FAMILIES), chance.choice(GIVEN))
            for _ in range(chance.randint(0 if number % 11 == 0 else 1, 9))
        ]
        first = chance.randint(1, 900)
        year = None if number % 17 == 0 else chance.randint(1985, 2026)
        script = "<script>alert(1)</script> " if number % 23 == 7 else ""
        yield {
            "number": number,
            "title": f"{script}{chance.choice(KINDS)} of treatment {number} on "
            f"{chance.choice(SUBJECTS)}: {chance.randint(5, 95)}% of patients",
            "people": people,
            "group": chance.choice(GROUPS) if number % 9 == 0 else "",
            "more": bool(people) and number % 13 == 3,
            "journal": chance.choice(JOURNALS),
            "year": year,
            "until": year + 1 if year and number % 19 == 5 else None,
            "month": chance.randint(1, 12),
            "volume": str(chance.randint(1, 400)),
            "issue": str(chance.randint(1, 12)),
            "pages": (first, first + chance.randint(1, 12)),
            "doi": f"10.{chance.randint(1000, 9999)}/made.up.{number}",
            "pmid": str(90_000_000 + number),
        }


def latex(text):
    return "".join(ACCENTS.get(char, char) for char in text)


def spelt(doi, number):
    """A DOI as one source or another writes it."""
    spellings = ["{}", "doi:{}", "https://doi.org/{}", "http://dx.doi.org/{}"]
    return spellings[number % 4].format(doi.upper() if number % 3 else doi)


def bibtex(work):
    names = [f"{latex(family)}, {latex(given)}" for family, given in work["people"]]
    names += [f"{{{latex(work['group'])}}}"] * bool(work["group"])
    names += ["others"] * work["more"]
    fields = [f"title = {{{latex(work['title'])}}}"]
    fields += [f"author = {{{' and '.join(names)}}}"] * bool(names)
    fields += [f'journal = "{latex(work["journal"])}"']
    if work["until"]:
        fields += [f"year = {{{work['year']}--{work['until']}}}"]
    elif work["year"]:
        fields += [f"year = {work['year']}", f"month = {MONTHS[work['month'] - 1]}"]
    first, last = work["pages"]
    fields += [f"volume = {{{work['volume']}}}", f"number = {work['issue']}"]
    fields += [f"pages = {{{first}--{last}}}"]
    fields += [f"doi = {{{spelt(work['doi'], work['number'])}}}"]
    return f"@article{{key{work['number']},\n  " + ",\n  ".join(fields) + "\n}\n"


def ris(work):
    lines = ["TY  - JOUR", f"TI  - {work['title']}"]
    lines += [f"AU  - {family}, {given}" for family, given in work["people"]]
    # With a comma it would be a person's name: the format knows no groups.
    lines += [f"AU  - {work['group'].replace(',', '')}"] * bool(work["group"])
    lines += ["AU  - et al."] * work["more"]
    lines += [f"JO  - {work['journal']}", f"VL  - {work['volume']}"]
    if work["until"]:
        lines += [f"PY  - {work['year']}-{work['until']}"]
    elif work["year"]:
        lines += [f"PY  - {work['year']}/{work['month']:02d}//"]
    lines += [f"IS  - {work['issue']}", f"SP  - {work['pages'][0]}"]
    lines += [f"EP  - {work['pages'][1]}"]
    lines += [f"DO  - {spelt(work['doi'], work['number'])}", "ER  - ", "", ""]
    return "\n".join(lines)


def nbib(work):
    lines = [f"PMID- {work['pmid']}", "OWN - NLM"]
    begins, _, ends = work["title"].partition(" of ")
    lines += [f"TI  - {begins}", f"      of {ends}."]
    lines += [f"FAU - {family}, {given}" for family, given in work["people"]]
    lines += ["FAU - et al."] * work["more"]
    lines += [f"CN  - {work['group']}"] * bool(work["group"])
    lines += [f"JT  - {work['journal']}", f"VI  - {work['volume']}"]
    month = MONTHS[work["month"] - 1].title()
    if work["until"]:
        lines += [f"DP  - {work['year']} Dec-{work['until']} Jan"]
    elif work["year"]:
        lines += [f"DP  - {work['year']} {month} 3"]
    lines += [f"IP  - {work['issue']}", f"LID - {work['doi'].upper()} [doi]"]
    lines += ["PT  - Randomized Controlled Trial", "MH  - Humans", "", ""]
    return "\n".join(lines)


def csl_json(work):
    authors = [{"family": f, "given": g} for f, g in work["people"]]
    authors += [{"literal": work["group"]}] * bool(work["group"])
    authors += [{"literal": "et al."}] * work["more"]
    item = {
        "id": str(work["number"]),
        "type": "article-journal",
        "title": work["title"],
        "author": authors,
        "container-title": work["journal"],
        "volume": work["volume"],
        "DOI": spelt(work["doi"], work["number"]),
    }
    if work["until"]:
        item["issued"] = {"date-parts": [[work["year"]], [work["until"]]]}
    elif work["year"]:
        item["issued"] = {"date-parts": [[work["year"], str(work["month"])]]}
    return json.dumps(item, indent=2)


def identifiers(work):
    if work["number"] % 6 == 5:
        return f"PMID: {work['pmid']}\n"
    return spelt(work["doi"], work["number"]) + "\n"


WRITERS = {
    "BibTeX": bibtex,
    "RIS": ris,
    "NBIB": nbib,
    "CSL-JSON": csl_json,
    "identifiers": identifiers,
}
# What stands before, between and after records.
FRAMES = {"CSL-JSON": ("[\n", ",\n", "\n]\n")}
# A record that nothing can be made of.
BROKEN = {
    "BibTeX": "@article{broken,\n  title = {No end here,\n  year = 2020\n",
    "RIS": "AU  - Nobody, N\nTI  - No beginning\nER  - \n\n",
    "NBIB": "TI  - No number\nAU  - Nobody N\n\n",
    "CSL-JSON": '{"type": "book", "title": "No comma" "author": []}',
    "identifiers": "Smith et al., see <script>alert(1)</script>\n",
}


def assembled(name, records):
    before, between, after = FRAMES.get(name, ("", "", ""))
    return before + between.join(records) + after


def file(name, size):
    """Return a file of ``size`` made-up works in a format."""
    return assembled(name, map(WRITERS[name], works(size)))


def nasty(name, size):
    """Return such a file with a broken record in its middle, and the line of that.

    At its end the first work stands three times more, its DOI spelt in other ways.
    """
    write = WRITERS[name]
    records = [write(work) for work in works(size)]
    half = size // 2
    head = assembled(name, [*records[:half], ""])
    line = head.removesuffix(FRAMES.get(name, ("", "", ""))[2]).count("\n") + 1
    [first] = works(1)
    again = [write(first | {"number": number}) for number in (1, 2, 3)]
    whole = [*records[:half], BROKEN[name], *records[half:], *again]
    return assembled(name, whole), line
