"""Scripts and styles that Wagtail's admin gets besides its own."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def set_up_without_inline_scripts() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/admin.js"))


def style_the_admin() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))


def store_what_is_edited() -> SafeString:
    names = [
        "core/rich-text-in-forms.js",
        "core/schedule.js",
        "core/autosave.js",
        "core/explaining.js",
        "core/streams.js",
    ]
    scripts = ((static(name),) for name in names)
    return format_html_join("", '<script src="{}"></script>', scripts)


def offer_to_undo_deletions() -> str:
    return render_to_string("core/editor/undo.html")


def offer_to_copy_blocks() -> str:
    return render_to_string("core/editor/shelf.html")
