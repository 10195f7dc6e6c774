"""The proof looks everywhere, in every form, and prints nothing of what it finds."""

import base64
import io
import json
from urllib.parse import quote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import PageLogEntry

from core.persons.needles import Needles, TooShort
from newsletter.models import Subscriber
from tests.helpers.applicants_files import PDF, draft_of, kept
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory

NAME = "Jürgen O'Quill"


@pytest.mark.parametrize(
    "written",
    [
        NAME.upper().encode(),
        json.dumps({"name": NAME.lower()}).encode(),
        json.dumps({"body": json.dumps([NAME])}).encode(),
        quote(f"/stories/{NAME}/").encode(),
        quote(NAME).lower().encode(),
        b"J\xc3\xbcrgen O&#x27;Quill",
        "Ju\u0308rgen O'Quill".encode(),
        base64.b64encode(f"x{NAME}y".encode()),
        base64.urlsafe_b64encode(f"to: {NAME} and others".encode()),
    ],
)
def test_knows_a_name_however_it_is_written(written):
    needles = Needles(f" {NAME}\n")

    assert needles.is_in(b"before " + written + b" after")
    assert not needles.is_in(b"Jurgen Quill")


def test_refuses_what_is_found_everywhere():
    with pytest.raises(TooShort):
        Needles(" Li ")


@pytest.mark.django_db
def test_names_the_place_and_not_what_stands_there(
    home, settings, tmp_path, monkeypatch, capsys
):
    settings.PAGE_STORE = str(tmp_path / "pages")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "i.html").write_text(f"<p>{NAME}</p>")
    for store in ("default", "private", "applicants"):
        storages[store].save("aa/inside", ContentFile(b"x" * (1 << 20) + NAME.encode()))
    storages["private"].save(f"{NAME}.txt", ContentFile(b""))
    Subscriber.objects.create(email="x@example.org", wording_version=NAME[:16])
    ContentPageFactory(parent=home, title=f"Of {NAME}")
    PageLogEntry.objects.log_action(home, "wagtail.edit", data={"said": NAME})
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_nobody (words text)")
        cursor.execute("INSERT INTO of_nobody VALUES (%s)", [NAME])

    monkeypatch.setattr("sys.stdin", io.StringIO(NAME))
    with pytest.raises(CommandError):
        call_command("prove_erased")

    said = capsys.readouterr().out
    assert "Quill" not in said
    found = {*said.splitlines()}
    assert any(place.endswith("(search index)") for place in found)
    assert {
        "newsletter_subscriber.wording_version",
        "wagtailcore_pagelogentry.data",
        "of_nobody.words",
        "store default: aa/inside",
        "store private: aa/inside",
        "store applicants: aa/inside",
        "store private: the name of a file",
        str(tmp_path / "pages" / "i.html"),
    } <= found


@pytest.mark.django_db
def test_opens_files_and_sessions_and_says_what_it_could_not(
    home, monkeypatch, capsys, settings
):
    draft = draft_of(ApplicationFormPageFactory(parent=home))
    upload, lost = kept(draft, content=PDF + NAME.encode()), kept(draft)
    storages["applicants"].delete(lost.stored_name)
    session = SessionStore()
    session["typed"] = f"{NAME} {'x' * 200}"
    session.save()

    monkeypatch.setattr("sys.stdin", io.StringIO(NAME))
    with pytest.raises(CommandError, match="2 places"):
        call_command("prove_erased")

    said = capsys.readouterr()
    assert f"applicants/{upload.stored_name} (encrypted)" in said.out
    assert "django_session.session_data (decoded)" in said.out
    assert f"Not opened: applicants/{lost.stored_name}" in said.err
