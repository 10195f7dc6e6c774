"""Fields of BibTeX that are ours, for those who write and who read them."""

# By the field of `Reference`; the names say what they hold.
STUDY = {
    "study_design": "studydesign",
    "population": "studypopulation",
    "sample_size": "samplesize",
    "species": "studiedin",
    "finding": "studyfinding",
    "funding": "funding",
    "status": "recordstatus",
}
# Says that this library has written the entry, so that `csltype` and text are exact.
OURS = "csltype"
# Of our entries: the authors as CSL has them, where BibTeX cannot say it all.
NAMES = "cslauthor"
