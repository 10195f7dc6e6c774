"""The pattern library: complete, true to what readers see, and for staff alone."""

import re
from itertools import pairwise

import pytest
from django.urls import reverse
from wagtail import blocks
from wagtail.models import get_page_models

from core.prefetch.walk import stream_fields
from demonstration.styleguide import patterns
from demonstration.styleguide.components import COMPONENTS
from demonstration.styleguide.patterns import block_patterns

pytestmark = pytest.mark.one_database

BLOCKS = block_patterns()
ADDRESSES = ["/styleguide/"]
ADDRESSES += [f"/styleguide/blocks/{slug}/" for slug in BLOCKS]
ADDRESSES += [f"/styleguide/components/{slug}/" for slug in COMPONENTS]


def gaps(block):
    """What an editor would miss of ``block`` in the picker."""
    return [
        what
        for what, is_there in {
            "preview": block.is_previewable and hasattr(block.meta, "preview_value"),
            "template": block.get_template(),
            "icon": block.meta.icon != "placeholder",
            "description": block.get_description(),
        }.items()
        if not is_there
    ]


class ThrowAwayBlock(blocks.StructBlock):
    text = blocks.CharBlock()


class NestedBlock(blocks.StructBlock):
    rows = blocks.ListBlock(blocks.StreamBlock([("thrown", ThrowAwayBlock())]))


class TestBlocks:
    @pytest.mark.parametrize("slug", BLOCKS)
    def test_leave_nothing_to_be_missed(self, slug):
        assert gaps(BLOCKS[slug].block) == []

    def test_without_preview_are_found_out(self):
        assert gaps(ThrowAwayBlock()) == ["preview", "template", "icon", "description"]

    def test_are_found_in_streams_within_blocks(self):
        outer = blocks.StreamBlock([("nested", NestedBlock())])

        assert [block.name for block in patterns.offered(outer)] == ["nested", "thrown"]

    def test_of_every_stream_of_every_page_type_have_a_pattern(self):
        drawn = {(type(p.block), p.block.name) for p in BLOCKS.values()}

        for model in get_page_models():
            for stream in stream_fields(model):
                for name, block in stream.stream_block.child_blocks.items():
                    assert (type(block), name) in drawn, f"{model.__name__}: {name}"

    def test_say_on_which_pages_they_may_be_used(self):
        assert BLOCKS["home-topics"].page_types == [
            "Front page",
            "Content page",
            "Topic index",
            "Topic page",
        ]

    @pytest.mark.parametrize("slug", ["core-figure", "core-video"])
    def test_of_pictures_and_films_show_one(self, slug, log_in, root):
        html = log_in("Editors").get(BLOCKS[slug].url).content.decode()

        assert re.search(r'<div class="body">.*?<img\b[^>]+example\.svg', html, re.S)

    def test_of_a_moment_have_no_label_of_a_remark_that_nobody_made(self, log_in, root):
        html = log_in("Editors").get(BLOCKS["testimonials-entry"].url).content.decode()

        assert "The first stairs" in html
        assert "timeline__remark" not in html

    @pytest.mark.parametrize("slug", BLOCKS)
    def test_are_drawn_as_the_picker_draws_them(self, slug, log_in, root):
        client = log_in("Editors")
        prefix = BLOCKS[slug].block.definition_prefix
        picker = client.get(reverse("wagtailadmin_block_preview"), {"id": prefix})

        library = _indented_nowhere(client.get(BLOCKS[slug].url))

        preview = re.search(
            r'<div class="page">\s*(<div class="body">.*</div>)\s*</div>\s*</main>',
            _indented_nowhere(picker),
            re.S,
        )[1]
        assert preview in library
        assert re.search(r"<(?:p|h[2-6]|li|label|legend|figcaption)\b", preview)


def _indented_nowhere(response):
    """As public pages are sent, and the admin's are not."""
    return re.sub(r"\n\s+", "\n", response.content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
class TestPage:
    def test_answers_on_an_empty_database_with_few_queries(
        self, address, log_in, root, django_assert_max_num_queries
    ):
        client = log_in("Admissions officers")
        client.get(address)

        # Two of them are of what is asked once per generation.
        with django_assert_max_num_queries(16):
            response = client.get(address)

        assert response.status_code == 200

    def test_has_headings_in_order_and_ids_once(self, address, log_in, root):
        html = log_in("Editors").get(address).content.decode()

        levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
        ids = re.findall(r'\sid="([^"]*)"', html)
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))
        assert len(ids) == len(set(ids))
        assert '="None"' not in html

    def test_is_for_staff_alone(self, address, client, root):
        response = client.get(address)

        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]

    def test_is_kept_from_search_engines_and_caches_and_has_the_strict_policy(
        self, address, log_in, root
    ):
        response = log_in("Editors").get(address)

        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert {"private", "no-store"} <= set(
            response.headers["Cache-Control"].split(", ")
        )
        assert "unsafe" not in response.headers["Content-Security-Policy"]


class TestLibrary:
    def test_leads_to_every_pattern(self, log_in, root):
        html = log_in("Editors").get("/styleguide/").content.decode()

        assert [a for a in ADDRESSES[1:] if f'href="{a}"' not in html] == []

    def test_is_not_in_the_sitemap(self, client, home):
        assert "styleguide" not in client.get("/sitemap.xml").content.decode()

    def test_is_found_under_help_in_the_admin(self, log_in, home):
        html = log_in("Editors").get(reverse("wagtailadmin_home")).content.decode()

        assert "/styleguide/" in html

    @pytest.mark.parametrize("kind", ["blocks", "components"])
    def test_has_no_page_for_what_there_is_not(self, kind, log_in, root):
        assert log_in("Editors").get(f"/styleguide/{kind}/x/").status_code == 404

    def test_turns_away_who_may_not_enter_the_admin(self, client, root):
        from tests.helpers.factories import UserFactory

        client.force_login(UserFactory())

        assert client.get("/styleguide/").status_code == 302


class TestComponents:
    def test_show_every_colour_and_every_size_there_is_a_token_for(self, log_in, root):
        client = log_in("Editors")

        colours = client.get("/styleguide/components/colours/").content.decode()
        sizes = client.get("/styleguide/components/type/").content.decode()

        for token in ("paper", "ink", "accent", "problem"):
            assert f'aria-label="{token}, light and dark"' in colours
        for token in ("text", "title-large"):
            assert f"<dt>{token}</dt>" in sizes

    def test_show_mistakes_beside_their_questions(self, log_in, root):
        html = log_in("Editors").get(COMPONENTS["form-with-mistakes"].url)

        assert html.content.decode().count("data-invalid") == 13

    def test_mark_where_the_reader_is(self, log_in, root):
        client = log_in("Editors")

        numbers = client.get(COMPONENTS["pagination"].url).content.decode()
        topics = client.get(COMPONENTS["topic-filter"].url).content.decode()

        assert re.search(r'aria-current="page"><span[^>]*>Page </span>7<', numbers)
        assert 'aria-current="page">Multiple sclerosis<' in topics

    def test_show_a_form_that_could_be_sent(self, db):
        assert COMPONENTS["form-filled-in"].context()["form"].is_valid()
