"""A document is read through Wagtail's view, which asks whether it is private."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

TEXT = b"Only for those who sign in"


@pytest.fixture
def document(home):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    file = ContentFile(TEXT, name="plan.txt")
    return Document.objects.create(title="Plan", file=file, collection=collection)


@pytest.mark.parametrize(
    "path", ["{name}", "./{name}", "images/../{name}", "/{name}", "documents//{leaf}"]
)
def test_is_not_served_beside_it(client, admin_client, document, path):
    name = document.file.name
    assert name.startswith("documents/")
    address = f"/media/{path.format(name=name, leaf=name.partition('/')[2])}"

    for reader in (client, admin_client):
        assert reader.get(address).status_code in {400, 404}


def test_is_asked_for_there(client, admin_client, document):
    assert client.get(document.url).status_code == 302
    assert b"".join(admin_client.get(document.url).streaming_content) == TEXT


def test_of_a_public_collection_is_read_by_everybody(client, home):
    file = ContentFile(TEXT, name="plan.txt")
    document = Document.objects.create(title="Plan", file=file)
    address = reverse("wagtaildocs_serve", args=[document.pk, document.filename])

    assert b"".join(client.get(address).streaming_content) == TEXT


def test_a_folder_of_another_name_is_served(client, home):
    default_storage.save("documents-of-ours/a.png", ContentFile(TEXT))

    response = client.get("/media/documents-of-ours/a.png")

    assert b"".join(response.streaming_content) == TEXT
