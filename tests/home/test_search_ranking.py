"""In which order the search finds pages, and by which forms of words."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from home.search import ranking
from home.search.models import SearchWord, Synonyms
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PersonPageFactory,
)

pytestmark = pytest.mark.every_case


@pytest.fixture
def articles(home):
    return ArticleIndexPageFactory(parent=home, slug="articles", title="Blog")


@pytest.fixture
def write(articles):
    """``write("Title", "text", standfirst=…)`` publishes an article."""

    def page(title, text="", **values):
        body = [("paragraph", f"<p>{text}</p>")] if text else []
        return ArticlePageFactory(parent=articles, title=title, body=body, **values)

    return page


@pytest.fixture
def ask(client):
    def found(query):
        response = client.get("/search/", {"query": query})
        html = BeautifulSoup(response.content, "html.parser")
        return [link.text.strip() for link in html.select(".card__title a")]

    return found


class TestOrder:
    def test_puts_titles_before_any_text(self, ask, write):
        write("Long", "sleep " * 200, standfirst="Sleep, sleep and sleep.")
        write("Sleep in winter")

        assert ask("sleep") == ["Sleep in winter", "Long"]

    def test_puts_a_title_of_all_words_before_a_page_that_says_them(self, ask, write):
        write("Sleep", "cost " * 50, standfirst="What sleep costs.")
        write("What good sleep costs")

        assert ask("sleep cost") == ["What good sleep costs", "Sleep"]

    def test_puts_a_title_that_says_nothing_else_first(self, ask, write):
        write("Sleep")
        write("Sleep and other things in winter and summer", "sleep " * 50)

        assert ask("sleep")[0] == "Sleep"

    def test_puts_summaries_before_headings_before_text(self, ask, articles, write):
        # Of equals the newest comes first.
        write("Summed up", standfirst="On sleep.")
        ArticlePageFactory(
            parent=articles,
            title="Headed",
            body=[("heading", {"text": "Sleep", "level": "2"})],
        )
        write("Text", "Sleep.")

        assert ask("sleep") == ["Summed up", "Headed", "Text"]

    def test_puts_pages_with_most_words_after_those_with_all(self, ask, write):
        write("Sleep", "And nothing but winter.")
        write("Rest", "Sleep is followed by winter and insulin.")
        write("Summer", "Insulin alone.")

        assert ask("sleep in winter, insulin") == ["Rest", "Sleep"]

    def test_counts_rare_words_for_more(self, ask, write):
        write("Insulin")
        for number in range(5):
            write(f"Treatment {number}")

        assert ask("insulin treatment")[0] == "Insulin"

    def test_leaves_out_what_says_too_little_of_it(self, ask, write):
        write("Sleep")
        write("Rest", "Insulin, melatonin and iron.")

        assert ask("insulin melatonin iron sleep") == ["Rest"]

    def test_asks_no_page_for_a_word_that_none_has(self, ask, write):
        write("Sleep")

        assert ask("sleep zzyzx qwrtz") == ["Sleep"]

    def test_is_the_same_where_common_words_are_not_looked_up(
        self, ask, write, monkeypatch
    ):
        for number in range(3):
            write(f"Treatment {number}", "Winter.")
        write("Rest", "Insulin is a treatment for winter.")
        before = ask("treatment by insulin in winter")

        monkeypatch.setattr(ranking, "_MOST_ENTRIES", 2)

        assert ask("treatment by insulin in winter") == before[:1] == ["Rest"]

    def test_ends_after_a_number_that_nobody_reads_through(
        self, ask, client, write, monkeypatch
    ):
        monkeypatch.setattr(ranking, "MOST", 20)
        page = write("Sleep")
        SearchWord.objects.all().delete()
        copies = [
            ContentPageFactory.build(title=f"Page {number}") for number in range(20)
        ]
        for copy in copies:
            page.get_parent().get_parent().add_child(instance=copy)
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(
            SearchWord(page=each, word="sleep", weight=1, count=1)
            for each in [page, *copies]
        )

        results = client.get("/search/", {"query": "sleep"}).context["results"]

        assert results.paginator.count == 20


class TestForms:
    @pytest.mark.parametrize(
        ("title", "query"),
        [
            ("What it costs", "costing"),
            ("Infusions", "infusion"),
            ("Melatonin", "mel"),  # not typed to its end
            ("To complain", "how do I make a complaint"),
            ("A complaint", "can I complain about it"),
            ("A patient’s story", "patient's stories"),
            ("O’Brien on sleep", "obrien"),
            ("IFN-β", "ifn-beta"),
            ("Interferon beta", "interferon β"),
            ("TNFα", "tnf alpha"),
            ("Café", "cafe"),
            ("Follow-up", "followup"),
            ("Email", "e-mail"),
            ("E-mail", "email"),
            ("Costs in 1984", "costs 1984"),
            ("In 1984 it costs less", "costs 1984"),
            ("At 38,000 euros", "38000"),
            ("The who and the what", "what who"),
        ],
    )
    def test_of_words_are_found_by_others(self, ask, write, title, query):
        write(title)
        write("Something else")

        assert ask(query) == [title]

    def test_of_a_number_are_not_mixed_up(self, ask, write):
        write("IL-2", "After 6 weeks.")

        assert ask("IL-6") == []

    def test_in_the_middle_of_a_word_are_not_found(self, ask, write):
        write("Asleep")

        assert ask("sleep") == []

    def test_in_the_address_are_found(self, ask, home):
        ContentPageFactory(parent=home, title="What you pay", slug="prices")

        assert ask("price") == ["What you pay"]

    def test_in_the_title_tag_are_found(self, ask, write):
        write("Rest", seo_title="Sleep at night")

        assert ask("sleep") == ["Rest"]


class TestQuestions:
    @pytest.mark.parametrize(
        "query",
        ["sleep", "How do I sleep?", "what about the sleep of my", "can you sleep"],
    )
    def test_fail_by_no_stop_word(self, ask, write, query):
        write("Sleep")
        write("How do I do what? About that which you can of my own")

        assert ask(query) == ["Sleep"]

    def test_may_be_all_stop_words(self, ask, write):
        write("What it is")

        assert ask("what is it") == ["What it is"]
        assert ask("whose") == []


class TestSynonyms:
    def test_are_found_for_each_other(self, ask, write):
        Synonyms.objects.create(words="phone, telephone, ring")
        write("Telephone")

        for query in ("phone", "phones", "ringing", "telephone"):
            assert ask(query) == ["Telephone"], query

    def test_come_after_the_word_itself(self, ask, write):
        Synonyms.objects.create(words="phone, telephone")
        write("Phone")
        write("Telephone")

        assert ask("phone") == ["Phone", "Telephone"]
        assert ask("telephone") == ["Telephone", "Phone"]

    def test_may_be_phrases(self, ask, write):
        Synonyms.objects.create(words="how much, price, money back")
        write("Price")
        write("Money", "We give it back.")

        for query in ("how much is it", "the price", "my money back"):
            assert sorted(ask(query)) == ["Money", "Price"], query

    def test_are_not_found_by_what_is_left_of_a_phrase(self, ask, write):
        Synonyms.objects.create(words="story, what patients say")
        write("Patients")

        assert ask("story") == []

    def test_may_stand_in_two_groups(self, ask, write):
        Synonyms.objects.create(words="doctor, physician")
        Synonyms.objects.create(words="doctor, people")
        write("Physician")
        write("People")

        assert sorted(ask("doctor")) == ["People", "Physician"]


class TestIndex:
    def test_follows_what_is_published_and_not_what_is_drafted(self, ask, write):
        page = write("Rest", standfirst="On sleep.")
        page.standfirst = "On insulin."
        revision = page.save_revision()

        assert ask("sleep") == ["Rest"]
        assert ask("insulin") == []

        revision.publish()

        assert ask("sleep") == []
        assert ask("insulin") == ["Rest"]

    def test_holds_what_is_stored_and_not_what_is_in_memory(self, ask, write):
        page = write("Rest", standfirst="On sleep.")
        page.standfirst = "On insulin."

        page.save(update_fields=["live"], clean=False)

        assert ask("sleep") == ["Rest"]
        assert ask("insulin") == []

    def test_holds_nothing_of_a_page_that_is_not_published(self, write):
        page = write("Sleep")
        assert page.search_words.filter(word="sleep").exists()

        page.unpublish()

        assert not page.search_words.exists()

    def test_is_made_anew_by_a_command(self, ask, write):
        write("Sleep")
        draft = write("Sleep too", live=False)
        SearchWord.objects.all().delete()
        SearchWord.objects.create(page=draft, word="sleep", weight=1, count=1)

        call_command("update_index", verbosity=0)

        assert ask("sleep") == ["Sleep"]
        assert not draft.search_words.exists()

    def test_is_left_alone_by_a_command_for_the_schema(self, ask, write):
        write("Sleep")
        SearchWord.objects.all().delete()

        call_command("update_index", verbosity=0, schema_only=True)

        assert not SearchWord.objects.exists()

    def test_reads_pages_of_every_type(self, ask, home):
        PersonPageFactory(parent=home, title="Ada", job_title="Neurologist")

        assert ask("neurologists") == ["Ada"]

    def test_is_not_made_again_by_autosave(self, write):
        page = write("Sleep")
        SearchWord.objects.all().delete()

        page.save_revision()

        assert not SearchWord.objects.exists()
