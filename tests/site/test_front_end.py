"""The style sheets, scripts and templates keep their promises."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import Template
from django.template.loader import get_template
from wagtail import blocks

from core.blocks.body import BodyBlock

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "site" / "static"
# The parts, without the file that names them all.
STYLES = sorted(p for p in (STATIC / "css").glob("*.css") if p.stem != "site")
SCRIPTS = sorted(p for p in (STATIC / "js").glob("*.js") if p.stem != "site")
APPS = (
    "site",
    "home",
    "articles",
    "testimonials",
    "applications",
    "newsletter",
    "review",
    "evidence",
    "people",
    "core",
    "seo",
)
TEMPLATES = sorted(
    path for app in APPS for path in (ROOT / app).glob("**/templates/**/*.html")
)
# E-mails are dressed at each element, since mail programs drop stylesheets.
PAGES = [
    path
    for path in TEMPLATES
    if "emails" not in path.parts and not path.name.startswith("letter")
]

CSS_BUDGET = 20 * 1024  # bytes on the wire
JS_BUDGET = 8 * 1024
FONT_BUDGET = 48 * 1024

# What stands on what. 4.5 for text, 3 for lines that show where a control is
# (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT_PAIRS = [
    (ink, paper)
    for ink in ("ink", "ink-quiet", "accent", "accent-strong", "problem", "success")
    for paper in ("paper", "paper-raised", "paper-marked")
] + [("on-accent", "accent"), ("on-accent", "accent-strong")]
LINE_PAIRS = [("line-strong", "paper"), ("line-strong", "paper-raised")]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def compressed(paths: list[Path]) -> int:
    """Return the bytes on the wire of files that are deployed as one."""
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths), 9))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(scope="module")
def colours() -> dict[str, tuple[str, str]]:
    """Each colour's name with its light and its dark value."""
    tokens = (STATIC / "css" / "tokens.css").read_text()
    pattern = r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)"
    return {name: (light, dark) for name, light, dark in re.findall(pattern, tokens)}


def block_classes(block: blocks.Block) -> set[str]:
    """Return the CSS classes of the blocks of a stream, by their template's name."""
    return {
        Path(child.meta.template).stem.replace("_", "-")
        for child in block.child_blocks.values()
    }


class TestTemplates:
    @pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
    def test_every_template_compiles(self, path: Path) -> None:
        Template(path.read_text())

    @pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
    def test_no_template_carries_inline_style_or_script(self, path: Path) -> None:
        html = path.read_text()

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        for opening, content in re.findall(
            r"(<script\b[^>]*>)(.*?)</script>", html, re.S
        ):
            assert "src=" in opening
            assert not content.strip()

    @pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
    def test_no_template_marks_text_as_safe(self, path: Path) -> None:
        assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text())

    @pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
    def test_every_picture_states_its_alternative_text_or_takes_the_images_own(
        self, path: Path
    ) -> None:
        for tag in re.findall(r"<img\b[^>]*>", path.read_text()):
            assert " alt=" in tag

    @pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
    def test_every_picture_heeds_the_dark_theme(self, path: Path) -> None:
        """Wagtail's own tag prints no picture for it."""
        assert "wagtailimages_tags" not in path.read_text()

    def test_the_error_page_needs_neither_request_nor_database(self) -> None:
        html = get_template("500.html").render()

        assert "<h1>Something went wrong here</h1>" in html
        assert 'rel="stylesheet"' in html

    def test_the_page_for_bad_requests_needs_neither_request_nor_database(self) -> None:
        assert (
            "<h1>We could not read your request</h1>"
            in get_template("400.html").render()
        )

    def test_every_style_sheet_and_script_is_part_of_the_whole(self) -> None:
        styles = (STATIC / "css" / "site.css").read_text()
        scripts = (STATIC / "js" / "site.js").read_text()

        for path in STYLES:
            assert f'@import url("{path.name}")' in styles
        for path in SCRIPTS:
            assert f'import "./{path.name}";' in scripts


class TestBlocks:
    @pytest.mark.parametrize("name", BodyBlock().child_blocks)
    def test_every_core_block_has_a_template_of_its_own(self, name: str) -> None:
        template = BodyBlock().child_blocks[name].meta.template

        # One of the same name above both apps may extend it.
        assert (ROOT / "core" / "templates" / template).is_file()
        assert get_template(template)

    def test_every_core_block_has_a_component_of_the_same_name(self) -> None:
        css = "\n".join(path.read_text() for path in STYLES)

        missing = {
            name
            for name in block_classes(BodyBlock())
            if not re.search(rf"\.{name}\b(?!_)", css)
        }

        assert missing == set()

    def test_every_core_block_prints_its_own_class(self) -> None:
        for block in BodyBlock().child_blocks.values():
            stem = Path(block.meta.template).stem
            source = Path(get_template(block.meta.template).origin.name).read_text()
            # What a template of the same name in another app extends or includes.
            for name in (f"core/includes/{stem}.html", block.meta.template):
                shared = ROOT / "core/templates" / name
                if shared.exists():
                    source += shared.read_text()

            assert re.search(rf'class="{stem.replace("_", "-")}"', source), stem


class TestStyles:
    def test_all_style_sheets_together_keep_to_20_kilobytes(self) -> None:
        assert compressed(STYLES) <= CSS_BUDGET

    def test_every_style_sheet_opens_a_layer(self) -> None:
        for path in STYLES:
            assert "@layer" in path.read_text(), path.name

    def test_nothing_is_important(self) -> None:
        assert [p.name for p in STYLES if "!important" in p.read_text()] == []

    def test_only_the_tokens_and_print_name_colours(self) -> None:
        free = {"tokens.css", "print.css"}

        named = {
            path.name: found
            for path in STYLES
            if path.name not in free
            if (found := re.findall(r"#[0-9a-f]{6}\b", path.read_text()))
        }

        assert named == {}

    def test_lengths_follow_the_direction_of_writing(self) -> None:
        physical = (
            r"(?:margin|padding|border)-(?:left|right)\b|(?:^|[\s;{])(?:left|right):"
            r"|(?:text-align|float|clear): (?:left|right)|\binset: \S+ \S+ \S+ \S+;"
        )

        assert [p.name for p in STYLES if re.search(physical, p.read_text())] == []

    def test_braces_balance(self) -> None:
        for path in STYLES:
            css = path.read_text()
            assert css.count("{") == css.count("}"), path.name

    def test_every_custom_property_that_is_used_is_defined(self) -> None:
        css = "\n".join(path.read_text() for path in STYLES)

        used = set(re.findall(r"var\((--[a-z-]+)", css))
        defined = set(re.findall(r"(--[a-z-]+):", css))

        assert used - defined == set()

    @pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
    def test_text_can_be_read_in_both_themes(
        self, colours: dict[str, tuple[str, str]], ink: str, paper: str
    ) -> None:
        for theme in (0, 1):
            assert contrast(colours[ink][theme], colours[paper][theme]) >= 4.5

    @pytest.mark.parametrize(("line", "paper"), LINE_PAIRS)
    def test_controls_can_be_seen_in_both_themes(
        self, colours: dict[str, tuple[str, str]], line: str, paper: str
    ) -> None:
        for theme in (0, 1):
            assert contrast(colours[line][theme], colours[paper][theme]) >= 3

    def test_the_browsers_bar_has_the_colour_of_the_paper(
        self, colours: dict[str, tuple[str, str]]
    ) -> None:
        html = (ROOT / "site/templates/includes/icons.html").read_text()

        for colour in colours["paper"]:
            assert colour in html


class TestScripts:
    def test_all_scripts_together_keep_to_8_kilobytes(self) -> None:
        assert compressed(SCRIPTS) <= JS_BUDGET

    @pytest.mark.parametrize("path", SCRIPTS, ids=names(SCRIPTS))
    def test_no_module_imports_another(self, path: Path) -> None:
        assert not re.search(
            r"^\s*(?:import|export)\b|\bimport\(", path.read_text(), re.M
        )

    @pytest.mark.parametrize("path", SCRIPTS, ids=names(SCRIPTS))
    def test_a_module_defines_one_element_and_keeps_nothing(self, path: Path) -> None:
        source = path.read_text()

        assert source.count("customElements.define(") == 1
        assert f'"{path.stem}",' in source
        assert not re.search(r"localStorage|sessionStorage|document\.cookie", source)
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", source)


class TestFiles:
    @pytest.mark.parametrize(
        "path", [*STYLES, *SCRIPTS], ids=names([*STYLES, *SCRIPTS])
    )
    def test_no_style_or_script_asks_another_host(self, path: Path) -> None:
        assert not re.search(r"https?://|url\([\"']?//|@import", path.read_text())

    @pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
    def test_no_template_loads_anything_from_another_host(self, path: Path) -> None:
        assert not re.search(
            r"(?:src|srcset|action)=\"(?:https?:)?//", path.read_text()
        )
        assert not re.search(r"<link[^>]+href=\"(?:https?:)?//", path.read_text())

    def test_fonts_are_few_small_and_licensed(self) -> None:
        fonts = sorted((STATIC / "fonts").glob("*.woff2"))

        assert {path.stem for path in fonts} == {"newsreader", "newsreader-italic"}
        assert sum(path.stat().st_size for path in fonts) <= FONT_BUDGET
        assert "SIL OPEN FONT LICENSE" in (
            (STATIC / "fonts" / "newsreader-LICENSE.txt").read_text().upper()
        )
