"""Hands out the files of pictures and films that show people, while they consent."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.encoding import filepath_to_uri
from django.views.decorators.http import require_safe
from wagtail.images.permissions import permission_policy as image_policy

from core.media.coverage import covered
from core.media.private_files import FILES
from core.media.renditions import folder_of
from core.media.serving import answer, with_headers
from core.media.stores import PREFIX, either_store, is_private
from core.models.images import SiteImage
from core.models.replaced_files import KEPT
from core.models.videos import Video
from core.primary_keys import PATTERN
from core.publishing.permissions import may_change_content
from users import second_factor

# Asked again each time: a consent may have ended since.
_CACHE_CONTROL = "private, no-cache"


@require_safe
def picture(request: HttpRequest, pk: str, name: str) -> HttpResponseBase:
    """Answer with the original of a picture or a rendition, as consent allows."""
    record = _record_for(request, SiteImage, pk)
    rendition = f"{folder_of(record.pk, private=True)}/{name}"
    found = _own_file(record, name)
    if not found and record.renditions.filter(file=rendition).exists():
        found = rendition
    return _handed_out(request, found or _replaced_file(record, name))


@require_safe
def film(request: HttpRequest, pk: str, name: str) -> HttpResponseBase:
    """Answer with a film or its captions, as consent allows."""
    record = _record_for(request, Video, pk)
    found = _own_file(record, name) or _replaced_file(record, name)
    return _handed_out(request, found)


def _record_for(request: HttpRequest, model: type[Model], pk: str) -> Any:
    record = model._default_manager.filter(pk=int(pk)).first()
    if record is None or not (covered(record) or _is_for_staff(request, record)):
        raise Http404("There is no such file.")
    return record


def _is_for_staff(request: HttpRequest, record: Any) -> bool:
    """Return whether the user may see the record in the admin."""
    user = request.user
    if not user.is_authenticated:
        return False
    if second_factor.is_required_of(user) and not second_factor.was_given(request):
        return False
    if isinstance(record, SiteImage):
        return bool(
            image_policy.user_has_any_permission_for_instance(
                user, ["change", "delete", "choose"], record
            )
        )
    return may_change_content(user)


def _own_file(record: Any, name: str) -> str:
    """Return the stored name of the record's private file called ``name``, or ""."""
    stored = [str(getattr(record, field).name) for field in FILES[type(record)]]
    own = (each for each in stored if PurePath(each).name == name)
    return next((each for each in own if is_private(each)), "")


def _replaced_file(record: Any, name: str) -> str:
    """Return the stored name of such a file that still answers, or "".

    A private one is of people, who are no longer asked where nobody is shown.
    """
    if not record.shows_people:
        return ""
    answering = record.replaced_files.filter(replaced_at__gt=timezone.now() - KEPT)
    replaced = answering.filter(name__endswith=f"/{name}")
    names = [each.name for each in replaced if is_private(each.name)]
    return names[0] if names else ""


def _handed_out(request: HttpRequest, name: str) -> HttpResponseBase:
    if not name:
        raise Http404("There is no such file.")
    if location := settings.PRIVATE_FILES_LOCATION:
        response: HttpResponseBase = HttpResponse()
        place = filepath_to_uri(name.removeprefix(PREFIX))
        response.headers["X-Accel-Redirect"] = f"{location.rstrip('/')}/{place}"
    else:
        response = answer(request, either_store, name)
    response.headers["X-Robots-Tag"] = "noindex"
    return with_headers(response, PurePath(name).name, _CACHE_CONTROL)


_PLACE = rf"(?P<pk>{PATTERN})/(?P<name>[^/]+)$"
urlpatterns: list[URLPattern] = [
    re_path(f"^pictures/{_PLACE}", picture, name="private_picture"),
    re_path(f"^films/{_PLACE}", film, name="private_film"),
]
