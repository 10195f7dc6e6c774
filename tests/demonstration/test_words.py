"""The words, stories, form and media of the demonstration keep their rules."""

import re
from datetime import date
from typing import Any

import pytest
from PIL import Image

from applications.definitions import FURNITURE
from demonstration.content.all_stories import CONSENTS, STORIES, SUBJECTS
from demonstration.content.application import FORM
from demonstration.content.clinic import ORGANISATION
from demonstration.content.media_records import PICTURES, VIDEOS
from demonstration.content.shapes import Page
from seo.results import title
from tests.helpers.demonstration import (
    EVERYTHING,
    MEDIA,
    TITLED,
    nodes,
    plain,
    texts,
)

READY_MADE_CHOICES = {"carer_capacity", "adjustments"}


class TestText:
    @pytest.mark.parametrize("record", TITLED, ids=lambda record: record.key)
    def test_search_title_and_description_fit(self, record: Page) -> None:
        assert len(record.seo_title) >= 10
        assert not title(record.seo_title, ORGANISATION.name).is_cut
        assert 110 <= len(record.search_description) <= 155

    def test_search_titles_and_descriptions_are_all_different(self) -> None:
        assert len({record.seo_title for record in TITLED}) == len(TITLED)
        assert len({record.search_description for record in TITLED}) == len(TITLED)

    def test_promises_nothing(self) -> None:
        words = r"\b(cures|cured|miracle|breakthrough|guarantee\w*|risk-free|no risk)\b"

        assert not [t for t in texts(EVERYTHING) if re.search(words, t, re.IGNORECASE)]

    def test_speaks_of_cure_only_to_deny_it(self) -> None:
        denied = ("Is there a cure?", "not a cure", "A cure for many illnesses.")
        said = [plain(t) for t in texts(EVERYTHING) if re.search(r"\bcure\b", t)]

        assert said
        assert all(any(phrase in text for phrase in denied) for text in said)

    def test_names_no_subject_outside_records_and_profile(self) -> None:
        names = {part for s in SUBJECTS for part in s.name.split()}
        profile = {s.person for s in SUBJECTS}
        others = [r for r in EVERYTHING if r not in SUBJECTS]
        others = [r for r in others if getattr(r, "key", "") not in profile]

        assert not [t for t in texts(others) if any(name in t for name in names)]

    def test_uses_only_reserved_addresses_and_numbers(self) -> None:
        everything = " ".join(texts([*EVERYTHING, ORGANISATION]))

        assert set(re.findall(r"@[\w.-]+\.(\w+)", everything)) == {"example"}
        links = re.findall(r"https?://([^/\"<\s]+)", everything)
        assert {host for host in links if not host.endswith(".example")} == set()
        assert set(re.findall(r"\b0\d{4} \d{6}\b", everything)) == {
            "01632 960417",
            "01632 960433",
        }


class TestStories:
    def test_timeline_has_its_entries_in_order_and_of_every_kind(self) -> None:
        entries = STORIES[0].timeline

        assert [(e.number, e.unit) for e in entries] == [
            (6, "weeks"),  # before
            (2, "days"),
            (3, "days"),
            (2, "weeks"),
            (50, "days"),
            (11, "weeks"),
            (3, "months"),
        ]
        for part in (
            "count",
            "heading",
            "text",
            "own_words",
            "remark",
            "image",
            "video",
        ):
            assert any(getattr(entry, part) for entry in entries), part
        assert all(e.image_caption for e in entries if e.image)
        assert all(e.video_caption for e in entries if e.video)

    def test_every_subject_has_consent_for_five_years_beyond_2026(self) -> None:
        assert {c.subject for c in CONSENTS} == {s.key for s in SUBJECTS}
        assert all(c.valid_until >= date(2031, 12, 31) for c in CONSENTS)

    def test_begin_only_after_consent(self) -> None:
        given = {consent.subject: consent.valid_from for consent in CONSENTS}

        assert all(given[story.subject] < story.first_published for story in STORIES)


class TestForm:
    def test_health_and_personal_questions_say_why_they_are_asked(self) -> None:
        asked = [
            value
            for kind, value in FORM.questions
            if kind not in FURNITURE and value["sensitivity"] != "ordinary"
        ]

        assert asked
        assert all(question["reason"] for question in asked)

    def test_choices_are_offered_exactly_where_one_chooses(self) -> None:
        for kind, value in FORM.questions:
            offers = kind.endswith("_choice") or kind in READY_MADE_CHOICES
            assert ("choices" in value) == offers, value

    def test_asks_for_consent_separately_per_purpose(self) -> None:
        assert [kind for kind, _ in FORM.questions].count("consent") == 2


class TestMedia:
    def test_every_picture_has_a_text_alternative_wherever_it_stands(self) -> None:
        dicts = [n for n in nodes(EVERYTHING) if isinstance(n, dict) and "picture" in n]

        assert dicts
        assert all(d["alt"] or d["decorative"] for d in dicts)
        assert all(picture.description for picture in PICTURES)

    @pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
    def test_picture_file_exists_and_is_large_enough(self, picture: Any) -> None:
        with Image.open(MEDIA / picture.file) as image:
            image.verify()
            longest = max(image.size)

        assert longest >= (512 if picture.key == "logo" else 1200)

    def test_video_is_small_captioned_and_described(self) -> None:
        for video in VIDEOS:
            assert (MEDIA / video.file).stat().st_size < 1_000_000
            assert b"ftyp" in (MEDIA / video.file).read_bytes()[:32]
            captions = (MEDIA / video.captions).read_text(encoding="utf-8")
            assert captions.startswith("WEBVTT\n")
            assert captions.count("-->") >= 4
            assert (MEDIA / video.poster).exists()
            assert video.transcript
            assert video.summary
            assert 10 <= video.duration_seconds <= 20

    def test_folder_stays_under_four_megabytes_and_holds_nothing_unused(self) -> None:
        files = {path.name for path in MEDIA.iterdir()}
        named = {picture.file for picture in PICTURES}
        drawn = {path.stem for path in (MEDIA.parent / "drawings").glob("*.svg")}
        # Of the card for other sites and of the film there is none for the dark theme.
        dark = drawn - {"social-card", "walking-practice-poster"}
        named |= {f"{stem}-night.png" for stem in dark}
        for video in VIDEOS:
            named |= {video.file, video.captions, video.poster}

        assert files == named
        assert sum(path.stat().st_size for path in MEDIA.iterdir()) < 4_000_000
