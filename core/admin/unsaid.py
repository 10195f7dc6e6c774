"""Pictures and films of which nobody has said whom they show, or how they were made."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.images.permissions import permission_policy as image_policy

from core.admin.dashboard import ITEMS_SHOWN, Task
from core.models.images import SiteImage
from core.models.videos import Video


def _pictures_of(user: Any) -> Any:
    """Return the pictures that ``user`` may describe."""
    pictures = image_policy.instances_user_has_permission_for(user, "change")
    return pictures.filter(shows="").order_by("-created_at")


class UnsaidPicturesView(ReportView):
    """Lists the pictures, the newest first."""

    model = SiteImage
    permission_policy = image_policy
    permission_required = "change"
    page_title = _("Pictures: whom do they show?")
    header_icon = "image"
    index_url_name = "unsaid_pictures"
    index_results_url_name = "unsaid_pictures_results"
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk]),
        ),
        DateColumn("created_at", label=_("Created")),
    ]

    def get_queryset(self) -> Any:
        return _pictures_of(self.request.user)


class UntoldPicturesView(UnsaidPicturesView):
    """Lists the pictures of which readers are not told how they were made."""

    page_title = _("Pictures: how were they made?")
    index_url_name = "untold_pictures"
    index_results_url_name = "untold_pictures_results"

    def get_queryset(self) -> Any:
        user = self.request.user
        pictures = image_policy.instances_user_has_permission_for(user, "change")
        return pictures.filter(provenance="").order_by("-created_at")


class UnsaidPicturesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(image_policy.user_has_permission(request.user, "change"))


menu_item = UnsaidPicturesMenuItem(
    UnsaidPicturesView.page_title,
    reverse_lazy("unsaid_pictures"),
    icon_name=UnsaidPicturesView.header_icon,
    order=1010,
)


provenance_menu_item = UnsaidPicturesMenuItem(
    UntoldPicturesView.page_title,
    reverse_lazy("untold_pictures"),
    icon_name=UntoldPicturesView.header_icon,
    order=1011,
)


def urlpatterns() -> list[URLPattern]:
    view, untold = UnsaidPicturesView, UntoldPicturesView
    return [
        path(
            "reports/pictures/made/",
            untold.as_view(),
            name=untold.index_url_name,
        ),
        path(
            "reports/pictures/made/results/",
            untold.as_view(results_only=True),
            name=untold.index_results_url_name,
        ),
        path("reports/pictures/", view.as_view(), name=view.index_url_name),
        path(
            "reports/pictures/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


def unsaid_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield how many pictures and films say nothing of whom they show."""
    if image_policy.user_has_permission(request.user, "change") and (
        count := _pictures_of(request.user).count()
    ):
        sentence = ngettext(
            "Of %(count)d picture nobody has said whom it shows.",
            "Of %(count)d pictures nobody has said whom they show.",
            count,
        )
        url = reverse(UnsaidPicturesView.index_url_name)
        yield Task(sentence % {"count": count}, url=url)
    films = Video.objects.unsaid()
    if request.user.has_perm("core.change_video") and (count := films.count()):
        sentence = ngettext(
            "Of %(count)d film nobody has said whom it shows.",
            "Of %(count)d films nobody has said whom they show.",
            count,
        )
        edit = Video.snippet_viewset.get_url_name("edit")
        items = [
            (film.title, reverse(edit, args=[film.pk])) for film in films[:ITEMS_SHOWN]
        ]
        yield Task(sentence % {"count": count}, items)
