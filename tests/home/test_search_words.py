"""The same words come out of every way in which a word is written."""

from functools import partial
from threading import Barrier

import pytest
from snowballstemmer.basestemmer import BaseStemmer

from home.search.words import term_of, terms, words
from tests.helpers.at_once import at_once


def asked(text, language="en-gb"):
    return [word.term for word in words(text, language) if not word.is_stop]


class TestWritings:
    @pytest.mark.parametrize(
        "writings",
        [
            ["COVID-19", "covid 19", "Covid19", "COVID–19", "COVID\u201119"],
            ["IL-6", "il 6", "IL6"],
            ["patient’s", "patient's", "patients'", "Patients", "patientʼs"],
            ["O’Brien", "O'Brien", "obrien"],
            ["IFN-β", "ifn beta", "IFNβ", "IFN-beta"],
            ["TNF-α", "TNFα", "tnf alpha"],
            ["µ", "μ", "mu"],
            ["λ", "lambda"],
            ["café", "CAFE", "cafe\u0301"],
            ["38,000", "38000", "38’000", "38\u00a0000"],
            ["infusions", "infusion", "infused"],
            ["soft\u00adhyphen", "softhyphen"],
        ],
    )
    def test_of_one_word_are_equal(self, writings):
        assert len({tuple(asked(each)) for each in writings}) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [("IL-6", "IL-2"), ("phase 2", "phase 3"), ("01632", "1632"), ("alpha", "β")],
    )
    def test_of_different_words_are_not(self, one, other):
        assert asked(one) != asked(other)

    def test_keep_greek_words_whole(self):
        assert asked("λόγος") == ["λογοσ"]

    def test_part_a_number_from_the_word_of_another_sentence(self):
        assert asked("It was a trial. 48 people took part.")[:2] == ["trial", "48"]

    def test_are_stemmed_in_their_language(self):
        assert asked("Behandlungen", "de") == asked("Behandlung", "de")
        assert asked("Ärzte", "de") == asked("Arzt", "de")
        assert asked("words", "xx") == ["words"]

    def test_are_the_same_from_several_threads_at_once(self, monkeypatch):
        """A stemmer keeps its word while it works, and a server has four threads."""
        different = ["infusions", "relational", "knees", "trials"]
        all_have_begun = Barrier(len(different))
        begin = BaseStemmer.set_current

        def begin_together(stemmer, word):
            begin(stemmer, word)
            if word in different:
                all_have_begun.wait(timeout=10)

        monkeypatch.setattr(BaseStemmer, "set_current", begin_together)
        term_of.cache_clear()

        found = at_once(*(partial(asked, word) for word in different))

        assert found == [["infus"], ["relat"], ["knee"], ["trial"]]


class TestStopWords:
    def test_are_told_from_others_in_any_form(self):
        assert asked("How much does it cost, and who is taking it?") == ["cost"]
        assert asked("Wie viel kostet das?", "de") == asked("kostet", "de")

    def test_are_none_in_an_unknown_language(self):
        assert asked("the", "xx") == ["the"]

    @pytest.mark.parametrize("word", ["ill", "illness", "help"])
    def test_are_nothing_that_ill_people_ask_about(self, word):
        assert asked(word)


class TestTerms:
    def test_of_a_word_with_its_number_are_the_whole_and_the_parts(self):
        assert set(terms("COVID-19", "en")) == {"covid19", "covid", "19"}

    def test_of_a_compound_are_the_parts_and_the_whole(self):
        assert {"e", "mail", "email"} <= set(terms("e-mail", "en"))

    def test_are_cut_where_no_word_is_so_long(self):
        assert max(map(len, terms("a" * 300, "en"))) == 40

    @pytest.mark.parametrize("text", ["", " ", "-", "'", "&|!<->:*", "😴", "\u00ad"])
    def test_of_nothing_are_none(self, text):
        assert list(terms(text, "en")) == []
