"""A backup from before brings nobody back who was erased, withdrew or left."""

import json
import shutil
import subprocess

from tests.helpers.backups import NEEDS_AGE, PLAIN
from tests.helpers.own_site import own_site

pytestmark = NEEDS_AGE
SEED = f"""{PLAIN}
from django.test import Client
from wagtail.models import Page, Site
from tests.helpers.factories import HomePageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import SubjectFactory
from tests.helpers.person import NEIGHBOUR, applied, subscribed
root = Page.objects.get(depth=1)
for page in root.get_children():
    page.delete()
root.refresh_from_db()
home = HomePageFactory(parent=root, slug="front")
Site.objects.update_or_create(
    is_default_site=True, defaults=dict(hostname="localhost", root_page=home)
)
form = ApplicationFormPageFactory(parent=home)
client = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https")
applied(client, form), subscribed()
for number in range(3):
    applied(client, form, f"neighbour{{number}}@example.org")
subscribed(NEIGHBOUR), subscribed("stays@example.org")
SubjectFactory()
"""
AFTERWARDS = """
from django.utils import timezone
from applications.models import Application
from applications.status import acts
from core.persons.erasing import ask_for_erasure, carry_out, open_request
from core.persons.person import Person
from newsletter.models import Subscriber
from tests.helpers.person import EMAIL, NEIGHBOUR
from testimonials.models import Consent
request = open_request(Person.typed(EMAIL), "Asked", None)
ask_for_erasure(request, None)
carry_out(request)
one, two, three = Application.objects.order_by("submitted_at")
acts.withdraw(one)
acts.delete(two)
acts.revoke(three, acts.consents(three)[0]["question"]["id"])
Subscriber.objects.get(email=NEIGHBOUR).unsubscribe()
consent = Consent.objects.get()
consent.withdrawn_at = timezone.now()
consent.save()
"""
LOOK = """
import json
from applications.models import *
from newsletter.models import Subscriber
from testimonials.models import Consent
print(json.dumps(dict(
    applications=Application.objects.count(),
    files=Upload.objects.count(),
    withdrawn=Application.objects.filter(status="withdrawn").count(),
    revoked=ConsentRevocation.objects.count(),
    deleted=DeletedApplication.objects.count(),
    subscribers=dict(Subscriber.objects.values_list("email", "status")),
    consents=Consent.objects.filter(withdrawn_at=None).count(),
)))
"""
CLEAN = {
    "applications": 2,
    "files": 2,
    "withdrawn": 1,
    "revoked": 1,
    "deleted": 1,
    "subscribers": {
        "bess.thornbury@example.org": "unsubscribed",
        "stays@example.org": "confirmed",
    },
    "consents": 0,
}


def test_a_restore_does_again_what_was_done_since(
    tmp_path, pytestconfig, django_db_setup
):
    site = own_site(tmp_path / "site", pytestconfig, "restoring")
    private, public = tmp_path / "private", tmp_path / "public"
    keygen = shutil.which("age-keygen")
    subprocess.run([keygen, "-o", private], check=True, capture_output=True)  # noqa: S603
    subprocess.run([keygen, "-y", "-o", public, private], check=True)  # noqa: S603
    site.run(SEED)
    (tmp_path / "backups").mkdir()
    backup = site.manage("backup", f"{tmp_path}/backups", f"--recipients={public}")
    assert json.loads(site.run(AFTERWARDS + LOOK)) == CLEAN
    kept = (site.folder / "erasures.list").read_bytes()
    assert b"example" not in kept

    said = site.manage(
        "restore", backup.strip(), f"--identity={private}", "--overwrite"
    )

    assert "Done again: applications, 1" in said
    again = 'from django.core.management import call_command\ncall_command("{}")\n'
    looked = site.run(LOOK + again.format("redo_erasures"))
    assert json.loads(looked.splitlines()[0]) == CLEAN
    assert "Done again" not in looked, "nothing is left to do"
