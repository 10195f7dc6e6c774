"""The six studies and reviews the demonstration content cites. They are real."""

from datetime import date

from demonstration.content.shapes import Reference

RETRIEVED = date(2026, 10, 5)

REFERENCES = [
    Reference(
        key="liang-2009",
        title=(
            "Allogeneic mesenchymal stem cells transplantation in "
            "treatment of multiple sclerosis"
        ),
        authors=[("Liang", "J")],
        et_al=True,
        journal="Multiple Sclerosis Journal",
        year=2009,
        volume="15",
        issue="5",
        pages="644-646",
        doi="10.1177/1352458509104590",
        accessed=RETRIEVED,
        study_design="case-series",
        species="human",
        population="one person with multiple sclerosis",
        sample_size=1,
        finding="unclear",
    ),
    Reference(
        key="petrou-2020",
        title=(
            "Beneficial effects of autologous mesenchymal stem cell "
            "transplantation in active progressive multiple sclerosis"
        ),
        authors=[("Petrou", "P")],
        et_al=True,
        journal="Brain",
        year=2020,
        volume="143",
        issue="12",
        pages="3574-3588",
        doi="10.1093/brain/awaa333",
        accessed=RETRIEVED,
        study_design="randomised-trial",
        species="human",
        population="people with active progressive multiple sclerosis",
        sample_size=48,
        finding="for",
    ),
    Reference(
        key="uccelli-2008",
        title="Mesenchymal stem cells in health and disease",
        authors=[("Uccelli", "A"), ("Moretta", "L"), ("Pistoia", "V")],
        et_al=False,
        journal="Nature Reviews Immunology",
        year=2008,
        volume="8",
        issue="",
        pages="726-736",
        doi="10.1038/nri2395",
        pmid="19172693",
        accessed=RETRIEVED,
        study_design="review",
    ),
    Reference(
        key="uccelli-2019",
        title=(
            "MEsenchymal StEm cells for Multiple Sclerosis (MESEMS): a "
            "randomized, double blind, cross-over phase I/II clinical "
            "trial with autologous mesenchymal stem cells for the "
            "therapy of multiple sclerosis"
        ),
        authors=[("Uccelli", "A")],
        et_al=True,
        journal="Trials",
        year=2019,
        volume="20",
        issue="",
        pages="263",
        doi="10.1186/s13063-019-3346-z",
        accessed=RETRIEVED,
        # It describes how a trial is to be done, and has no results: no design fits.
        species="human",
        population="people with active multiple sclerosis",
    ),
    Reference(
        key="uccelli-2021",
        title=(
            "Safety, tolerability, and activity of mesenchymal stem cells "
            "versus placebo in multiple sclerosis (MESEMS): a phase 2, "
            "randomised, double-blind crossover trial"
        ),
        authors=[("Uccelli", "A")],
        et_al=True,
        journal="The Lancet Neurology",
        year=2021,
        volume="20",
        issue="11",
        pages="917-929",
        doi="10.1016/S1474-4422(21)00301-X",
        accessed=RETRIEVED,
        study_design="randomised-trial",
        species="human",
        population="people with active multiple sclerosis",
        sample_size=144,
        finding="against",
    ),
    Reference(
        key="regmi-2019",
        title=(
            "Mesenchymal stem cell therapy for the treatment of "
            "inflammatory diseases: challenges, opportunities, and "
            "future perspectives"
        ),
        authors=[("Regmi", "S")],
        et_al=True,
        journal="European Journal of Cell Biology",
        year=2019,
        volume="98",
        issue="5-8",
        pages="151041",
        doi="10.1016/j.ejcb.2019.04.002",
        accessed=RETRIEVED,
        study_design="review",
    ),
]
