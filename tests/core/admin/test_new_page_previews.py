"""A page can be previewed before it is saved for the first time."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models.index_page import IndexPage

LISTS = [model for model in get_page_models() if issubclass(model, IndexPage)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_page_can_be_previewed_before_it_is_saved(admin_client, home, model):
    names = model._meta.app_label, model._meta.model_name, home.pk
    address = reverse("wagtailadmin_pages:preview_on_add", args=names)
    typed = {
        "title": "A new list",
        "slug": "a-new-list",
        "standfirst": "Briefly.",
        "body": streamfield([]),
        "comments": inline_formset([]),
    }

    said = admin_client.post(address, nested_form_data(typed)).json()
    shown = admin_client.get(address)

    assert said["is_available"]
    assert shown.status_code == HTTPStatus.OK
    assert "A new list" in shown.content.decode()
