"""The block that asks for files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from applications.composing.question import WORDS, FormQuestionBlock, layout, switch
from applications.uploads.checking import LARGEST_MEGABYTES, MOST_FILES


class FileBlock(FormQuestionBlock):
    """One file or several: pictures and PDFs."""

    # What is wrong differs from file to file, and is said of each.
    mistake_words = None

    most_files = blocks.IntegerBlock(
        min_value=1,
        max_value=MOST_FILES,
        default=3,
        help_text=_("Such as the pages of a letter, photographed one by one."),
        label=_("How many files"),
    )
    most_megabytes = blocks.IntegerBlock(
        min_value=1,
        max_value=LARGEST_MEGABYTES,
        default=10,
        help_text=_("In megabytes. A photograph has two to five."),
        label=_("How large each may be"),
    )
    may_bring = switch(
        _("May be brought"), _("Offers “I will bring it” as an answer."), default=True
    )

    class Meta:
        icon = "doc-full"
        label = _("Files")
        group = WORDS
        description = _("Photographs or PDFs, such as a letter from a doctor")
        preview_value = {
            "label": "Your latest MRI report",
            "help_text": "A photograph of each page is enough.",
            "required": True,
            "most_files": 3,
            "most_megabytes": 10,
            "may_bring": True,
        }
        form_layout = layout(
            "most_files", "most_megabytes", "may_bring", words=("missing_words",)
        )
