"""Names of the types of works in each format, for reading and writing."""

from typing import NamedTuple

from evidence.vocabulary import Type


class Kind(NamedTuple):
    """A type with its names in each format; the first is used for writing."""

    type: Type
    csl: tuple[str, ...]
    bibtex: tuple[str, ...]
    ris: tuple[str, ...]


KINDS = (
    Kind(
        Type.JOURNAL_ARTICLE,
        (
            "article-journal",
            "article-magazine",
            "article-newspaper",
            "review",
            "journal-article",
        ),
        ("article", "suppperiodical", "review"),
        ("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS", "ABST", "INPR"),
    ),
    Kind(
        Type.PREPRINT,
        ("article", "manuscript", "posted-content", "preprint"),
        ("unpublished", "preprint"),
        ("UNPB", "MANSCPT", "UNPD"),
    ),
    Kind(
        Type.CONFERENCE_PAPER,
        ("paper-conference", "speech", "proceedings-article"),
        ("inproceedings", "conference"),
        ("CPAPER", "CONF"),
    ),
    Kind(
        Type.BOOK,
        ("book", "monograph", "edited-book", "reference-book"),
        ("book", "mvbook", "collection", "proceedings", "booklet", "reference"),
        ("BOOK", "EBOOK", "EDBOOK", "SER"),
    ),
    Kind(
        Type.CHAPTER,
        (
            "chapter",
            "entry",
            "entry-dictionary",
            "entry-encyclopedia",
            "book-chapter",
            "book-section",
        ),
        ("incollection", "inbook", "bookinbook", "suppbook", "inreference"),
        ("CHAP", "ECHAP", "ENCYC", "DICT"),
    ),
    Kind(
        Type.REPORT,
        ("report", "pamphlet", "standard", "document"),
        ("techreport", "report", "manual"),
        ("RPRT", "GOVDOC", "STAND", "PAMP", "GEN"),
    ),
    Kind(
        Type.THESIS,
        ("thesis", "dissertation"),
        ("phdthesis", "thesis", "mastersthesis"),
        ("THES",),
    ),
    Kind(
        Type.DATASET,
        ("dataset", "software"),
        ("dataset", "data", "software"),
        ("DATA", "DBASE", "AGGR", "COMP"),
    ),
    Kind(
        Type.WEBPAGE,
        ("webpage", "post", "post-weblog", "broadcast", "motion_picture"),
        ("online", "electronic", "www", "webpage", "misc"),
        ("ELEC", "WEB", "BLOG", "ICOMM", "VIDEO", "MULTI"),
    ),
    Kind(
        Type.LEGISLATION,
        ("legislation", "bill", "legal_case", "regulation", "treaty"),
        ("legislation", "legal", "jurisdiction"),
        ("STAT", "BILL", "LEGAL", "CASE", "HEAR"),
    ),
)

FROM_CSL = {name: kind.type for kind in KINDS for name in kind.csl}
FROM_BIBTEX = {name: kind.type for kind in KINDS for name in kind.bibtex}
FROM_RIS = {name: kind.type for kind in KINDS for name in kind.ris}
TO_BIBTEX = {str(kind.type): kind.bibtex[0] for kind in KINDS}
