"""Pages that nobody should write, and somebody will."""

import json
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Site

from core.models.site_settings import NavigationSettings
from home.models import HomePage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

WORD = "Rhabarberbarbara" * 5  # 80 letters
NAME = "Quillfeather" * 6
SENTENCE = "What the trial found, and what nobody has yet asked of it "
LONG_TITLE = (SENTENCE * 5)[:255].strip()
ARABIC = "ما الذي وجدته التجربة وما الذي لم يسأل عنه أحد بعد "
HEBREW = "מה מצא הניסוי ומה עדיין לא שאל איש "


def text(words):
    return f"<p>{words}</p>"


def stream(*blocks):
    return json.dumps(
        [
            {"type": name, "value": value, "id": f"00000000-0000-4000-8000-{n:012}"}
            for n, (name, value) in enumerate(blocks)
        ]
    )


def picture(width, height, title="A drawing"):
    file = BytesIO()
    Image.new("RGB", (width, height), "#0c5e52").save(file, "PNG")
    name = f"{width}x{height}.png"
    return SiteImageFactory(
        title=title,
        description="A line.",
        credit=WORD,
        file=ContentFile(file.getvalue(), name),
    )


def lost_picture():
    """A picture whose record is there and whose file is gone."""
    image = picture(640, 427)
    Path(image.file.path).unlink()
    return image


def figure(image, caption):
    shown = {"image": image.pk, "alt_text": "A line.", "decorative": False}
    return "figure", {"image": shown, "caption": text(caption), "credit": ""}


def heading(words, level="2"):
    return "heading", {"text": words[:150], "level": level, "anchor": ""}


def every_text_block(words, work):
    """Every block that holds words, holding these."""
    cell = {"type": "text", "heading": words}
    columns = [{"type": "short", "heading": words}, cell, cell]
    rows = [{"values": [words, text(words), text(words)]}] * 2
    cited = text(f"{words} {citation(work, words[:80])}")
    return [
        heading(words),
        ("paragraph", text("So.")),
        heading(words, "3"),
        ("paragraph", cited),
        ("list", {"kind": "ticks", "items": [text(words)] * 2}),
        ("questions", {"items": [{"question": words[:200], "answer": text(words)}]}),
        (
            "comparison",
            {"table": {"caption": words, "columns": columns, "rows": rows}},
        ),
        ("callout", {"kind": "note", "heading": words[:120], "text": text(words)}),
        ("paragraph", text(words)),
        ("callout", {"kind": "warning", "heading": "", "text": text(words)}),
        (
            "spoken_quotation",
            {"introduction": words[:200], "text": text(words), "speaker": words[:120]},
        ),
        (
            "block_quotation",
            {"text": text(words), "reference": work.pk, "locator": words[:80]},
        ),
        (
            "attributed_quotation",
            {"text": text(words), "author": words[:200], "reference": work.pk},
        ),
        (
            "key_fact",
            {"figure": words[:30], "text": text(words), "reference": work.pk},
        ),
        ("paragraph", text(words)),
        ("sign_up", {"heading": words[:120], "text": text(words), "label": words[:60]}),
    ]


def linking_blocks(words, page, story):
    return [
        (
            "call_to_action",
            {"heading": words[:120], "label": words[:60], "page": page.pk},
        ),
        ("page_cards", {"heading": words[:120], "pages": [page.pk, page.pk]}),
        ("testimonial", {"story": story.pk, "text": text(words)}),
        ("testimonial_quote", {"story": story.pk, "text": text(words)}),
        ("testimonial_carousel", {"heading": words[:120], "stories": [story.pk] * 3}),
        ("testimonial_timeline", {"story": story.pk}),
    ]


def moments(words, count):
    return [
        (
            "entry",
            {
                "number": number,
                "unit": "weeks",
                "phase": "after",
                "heading": words[:120],
                "text": text(words),
                "own_words": text(words),
            },
        )
        for number in range(count)
    ]


class Pages:
    """Makes the pages, each under its name in ``paths``."""

    def __init__(self):
        self.home = HomePage.objects.first()
        self.paths = {}
        self.index = self._add("list", ArticleIndexPageFactory, title="Articles")
        self.stories = self._add("stories", TestimonialIndexPageFactory)
        self.people = self._add("people", PeopleIndexPageFactory)
        self.work = ReferenceFactory(
            title=WORD,
            authors=[{"family": WORD, "given": "Ada"}],
            container_title=WORD,
            url=f"https://example.org/{WORD}",
        )
        self.topic = TopicFactory(name=WORD, slug="endless", summary=WORD)
        self.author = PersonPageFactory(
            parent=self.people,
            title=WORD,
            post_nominals="MD",
            job_title=WORD,
            organisation=WORD,
            summary=WORD,
            portrait=picture(5000, 1),
        )
        self.paths["person"] = self.author.url
        self.words()
        self.pictures()
        self.sizes()
        self.right_to_left()

    def _add(self, name, factory, parent=None, **fields):
        page = factory(parent=parent or self.home, slug=f"bad-{name}", **fields)
        self.paths[name] = page.url
        return page

    def words(self):
        """One word of 80 letters everywhere, and titles as long as they may be."""
        subject = SubjectFactory(name=NAME, disclosure=WORD, consented__scope_name=True)
        for name, words in (("word", WORD), ("long", LONG_TITLE)):
            story = self._add(
                f"{name}-story",
                TestimonialPageFactory,
                self.stories,
                title=words,
                standfirst=words,
                condition=words[:150],
                treatment=words[:200],
                subject=subject,
                topic=self.topic,
                timeline=stream(*moments(words, 2)),
            )
            page = self._add(
                f"{name}-page", ContentPageFactory, title=words, standfirst=words
            )
            self._add(
                f"{name}-article",
                ArticlePageFactory,
                self.index,
                title=words,
                standfirst=words,
                topic=self.topic,
                contributors=[self.author],
                body=stream(
                    *every_text_block(words, self.work),
                    *linking_blocks(words, page, story),
                ),
                after_body=stream(*linking_blocks(words, page, story)),
            )
        topics = self._add("topics", TopicIndexPageFactory, title=WORD)
        self._add("topic", TopicPageFactory, topics, title=WORD, topic=self.topic)

    def pictures(self):
        images = {
            "narrow": picture(1, 5000),
            "flat": picture(5000, 1),
            "lost": lost_picture(),
        }
        for name, image in images.items():
            self._add(
                f"{name}-picture",
                ArticlePageFactory,
                self.index,
                title=f"A {name} picture",
                lead_image=image,
                contributors=[
                    PersonPageFactory(parent=self.people, portrait=image),
                ],
                body=stream(
                    heading("Before"), figure(image, WORD), ("paragraph", text("On."))
                ),
            )

    def sizes(self):
        """What has no end, and what has no beginning."""
        endless = " ".join(["word"] * 2000)
        quotation = {"text": text(endless), "reference": self.work.pk}
        self._add(
            "long-quotation",
            ArticlePageFactory,
            self.index,
            body=stream(
                ("block_quotation", quotation),
                ("spoken_quotation", {"text": text(endless), "speaker": "Ada"}),
            ),
        )
        self._add(
            "long-timeline",
            TestimonialPageFactory,
            self.stories,
            timeline=stream(*moments(SENTENCE, 40)),
        )
        self._add("empty-article", ArticlePageFactory, self.index, standfirst="-")
        self._add("empty-page", ContentPageFactory)
        self._add("empty-story", TestimonialPageFactory, self.stories)
        self._add("empty-person", PersonPageFactory, self.people)

    def right_to_left(self):
        for name, words in (("arabic", ARABIC), ("hebrew", HEBREW)):
            self._add(
                name,
                ArticlePageFactory,
                self.index,
                title=words * 2,
                standfirst=words * 3,
                body=stream(*every_text_block((words * 2).strip(), self.work)),
            )


def fill_the_menu(items):
    """Give the menu so many items, as long as they may be, with three beneath each."""

    def link(label):
        return {"label": label, "page": None, "url": "https://example.org/"}

    labels = [(WORD[:60] if n % 2 else SENTENCE)[:60] for n in range(items)]
    menu = [
        ("item", {**link(label), "children": [link(label)] * 3}) for label in labels
    ]
    site = Site.objects.get(is_default_site=True)
    navigation, _ = NavigationSettings.objects.get_or_create(site=site)
    navigation.menu = stream(*menu)
    navigation.call_to_action_label = WORD[:40]
    navigation.call_to_action_page = site.root_page
    navigation.save()
