"""Formats that are not read are named and refused as a whole."""

import pytest

from evidence.formats import detect

DOI = "10.1000/one"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            f"FN Clarivate Analytics\nVR 1.0\nPT J\nTI A\nDI {DOI}\nER\n",
            "Web of Science",
        ),
        (f"\nPT J\nAU One, A\nTI A\nDI {DOI}\nER\n", "Web of Science"),
        (
            f'<?xml version="1.0"?>\n<PubmedArticleSet><PubmedArticle>{DOI}',
            "PubMed's XML",
        ),
        ("<MedlineCitationSet><MedlineCitation>", "MEDLINE's XML"),
        (f'<?xml version="1.0"?><xml><records><record>{DOI}', "EndNote's XML"),
        (f"%0 Journal Article\n%A One, A\n%T A\n%R {DOI}\n", "%0"),
        (f"RT Journal Article\nSR Electronic\nA1 One,A\nT1 A\nDO {DOI}\n", "RefWorks"),
        (f'"Authors","Title","Year","DOI"\n"One A","A",2020,"{DOI}"\n', "CSV"),
        (f"Title;Authors;DOI\nA;One;{DOI}\n", "CSV"),
        (f"PMID\tTitle\tDOI\n12345678\tA\t{DOI}\n", "CSV"),
        ("<rdf:RDF xmlns:z='x'><bib:Article>", "RDF"),
        (f"<!doctype html><html><p>{DOI}</p>", "web page"),
        (f"{{\\rtf1\\ansi {DOI}}}", "RTF"),
        (f"<1>\nUnique Identifier\n  123\nTitle\n  A\nDOI\n  {DOI}\n", "Ovid"),
        (f"VN  - Ovid Technologies\nUI  - 1\nTI  - A\nDO  - {DOI}\n", "Ovid"),
        ("references:\n- id: one\n  type: article-journal\n  title: A\n", "CSL-YAML"),
        (
            '[{"key": "AB", "data": {"itemType": "journalArticle", "title": "A"}}]',
            "Zotero",
        ),
        (f"<?xml version='1.0'?>\n<unheard-of><doi>{DOI}</doi></unheard-of>", "XML"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(text, name):
    with pytest.raises(detect.Unreadable) as refused:
        detect.read(text)

    assert name in str(refused.value)
    assert "instead" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        (f"Title, as the editor wrote it\n{DOI}\n", ["identifiers"]),
        (
            f"Database: Example\n\nTY  - JOUR\nTI  - <1> A\nDO  - {DOI}\nER  - \n",
            ["RIS"],
        ),
        ('[{"title": "A <?xml and FN x", "type": "book"}]', ["CSL-JSON"]),
        ("@article{a, title={RT Journal Article}, abstract={\n%0 A\n}}", ["BibTeX"]),
    ],
)
def test_what_is_read_is_not_taken_for_another_format(text, formats):
    assert detect.read(text).formats == formats
