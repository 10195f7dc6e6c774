"""Pictures made to do harm get a sentence, soon and at every door."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models.images import SiteImage
from tests.helpers import hostile_pictures, production
from tests.helpers.factories import SiteImageFactory
from tests.helpers.hostile_pictures import hostile, unusual

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """What became of each file in a process of its own, with little memory."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, (content, _) in {**hostile(), **unusual()}.items():
        (folder / name).write_bytes(content)
    module = hostile_pictures.__name__
    done = production.run("-m", module, str(folder), settings="test", environment={})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", sorted(hostile()))
def test_what_is_made_to_do_harm_is_refused_at_once_with_a_sentence(cleaned, name):
    assert hostile()[name][1] in cleaned[name]["said"]
    assert cleaned[name]["seconds"] < 4


@pytest.mark.parametrize("name", sorted(unusual()))
def test_what_is_only_unusual_is_taken(cleaned, name):
    mode, size = unusual()[name][1]

    assert cleaned[name]["said"] == ""
    assert cleaned[name]["kept"] == [mode, list(size)]
    assert cleaned[name]["seconds"] < 4


def test_all_of_them_take_little_memory(cleaned):
    assert cleaned["memory"] < 400 * 1024 * 1024


def add(client, file):
    return client.post(
        reverse("wagtailimages:add"), {"title": "A", "collection": 1, "file": file}
    )


def add_among_others(client, file):
    return client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "A", "collection": 1, "files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def choose(client, file):
    return client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "A",
            "image-chooser-upload-collection": 1,
            "image-chooser-upload-file": file,
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def replace(client, file):
    image = SiteImageFactory()
    response = client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "A", "collection": 1, "file": file},
    )
    stored = SiteImage.objects.get()
    assert stored.file.name == image.file.name
    with stored.file.open() as content:
        Image.open(content).load()
    stored.delete()
    return response


@pytest.mark.parametrize("door", [add, add_among_others, choose, replace])
@pytest.mark.parametrize(
    "name", ["text.png", "frames.gif", "broken-later.gif", "animated.png", "cut.jpeg"]
)
def test_every_door_says_why(log_in, root, door, name):
    content, sentence = hostile()[name]

    response = door(log_in("Editors"), SimpleUploadedFile(name, content))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not SiteImage.objects.exists()


SPECS = ["max-32x32", "fill-20x20|format-avif", "width-30|format-webp"]
SPECS += ["fill-30x20|format-jpeg", "original|format-png"]


@pytest.mark.parametrize("name", sorted(set(unusual()) - {"large.gif"}))
def test_every_rendition_can_be_made_of_what_is_taken(log_in, root, name):
    add(log_in("Editors"), SimpleUploadedFile(name, unusual()[name][0]))

    image = SiteImage.objects.get()
    for rendition in image.get_renditions(*SPECS).values():
        with rendition.file.open() as content:
            assert Image.open(content).mode in {"L", "P", "RGB", "RGBA"}


def test_colours_made_for_print_are_those_that_screens_show(log_in, root):
    add(log_in("Editors"), SimpleUploadedFile("red.jpeg", unusual()["print.jpeg"][0]))

    with SiteImage.objects.get().file.open() as content:
        red, green, blue = Image.open(content).getpixel((30, 20))

    assert red > 200
    assert green < 60
    assert blue < 60


def test_grey_of_sixteen_bits_is_as_light_as_before(log_in, root):
    add(log_in("Editors"), SimpleUploadedFile("grey.png", unusual()["grey.png"][0]))

    with SiteImage.objects.get().file.open() as content:
        assert Image.open(content).getpixel((30, 20)) == 300 * 100 // 256


def test_an_animation_keeps_its_frames(log_in, root):
    add(log_in("Editors"), SimpleUploadedFile("a.gif", unusual()["moving.gif"][0]))

    with SiteImage.objects.get().file.open() as content:
        assert Image.open(content).n_frames == 5
