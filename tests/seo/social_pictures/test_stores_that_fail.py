"""A social picture is stored whole or not at all, and whoever asks gets it anyway."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.models.shown_people import Shows
from seo.social_pictures import files
from seo.social_pictures.tasks import make_social_picture
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.seo.social_pictures.test_pictures_of_pages import address, stored

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture
def portrait():
    return SiteImageFactory(title="Ada", shows=Shows.NOBODY)


@pytest.fixture
def article(home, portrait):
    people = PeopleIndexPageFactory(parent=home)
    ada = PersonPageFactory(parent=people, title="Ada Quill", portrait=portrait)
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, contributors=[ada])


def pictures():
    return [name for name in stored() if name.endswith(".jpg")]


class _CutShort(ContentFile):
    def chunks(self, chunk_size=None):
        yield self.read(4096)
        if self.size > 4096:
            raise OSError(28, "No space left on device")


def test_one_that_was_cut_short_is_sent_whole_and_drawn_again(
    client, article, monkeypatch
):
    url = address(client, article)
    with monkeypatch.context() as full:
        full.setattr(files, "ContentFile", _CutShort)
        first = client.get(url)
        assert pictures() == []
        with pytest.raises(OSError, match="No space left"):
            make_social_picture.call(article.pk)

    second = client.get(url)

    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert len(pictures()) == 1
    with default_storage.open(pictures()[0]) as file:
        assert file.read() == first.content
    make_social_picture.call(article.pk)
    assert len(stored()) == 2  # with the mark of its portrait


def test_a_store_that_cannot_be_read_costs_nobody_the_picture(
    client, article, monkeypatch
):
    def fail(*args):
        raise OSError(5, "Input/output error")

    url = address(client, article)
    monkeypatch.setattr(files, "read", fail)

    assert client.get(url).status_code == 200


def test_one_without_a_portrait_that_could_not_be_read_is_not_kept(
    client, article, portrait
):
    path, away = Path(portrait.file.path), Path(f"{portrait.file.path}.away")
    path.rename(away)
    url = address(client, article)

    without = client.get(url)
    make_social_picture.call(article.pk)
    assert pictures() == []

    away.rename(path)
    assert client.get(url).content != without.content
    assert len(pictures()) == 1
