"""Numbered definitions of a form, one for each published version."""

from typing import Any, NoReturn

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.bases.form_keys import key_of_form
from core.encryption import Key


class FrozenError(Exception):
    """An attempt to change or delete a form's definition."""

    def __init__(self) -> None:
        super().__init__(
            "A form's definition is never changed or deleted: make a new one."
        )


class FormDefinitionQuerySet(models.QuerySet["FormDefinition"]):
    """A queryset that reads and adds definitions, but never changes them."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenError

    def delete(self) -> NoReturn:
        raise FrozenError


class FormDefinition(models.Model):
    """The questions and wording of a form as they were when published.

    An application points at the one it was filled in with, so that its answers keep
    their questions and its consent keeps its wording. It goes only with a page that
    nobody applied through.
    """

    page = models.ForeignKey(
        "applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        related_name="definitions",
        verbose_name=_("page"),
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = FormDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("form definition")
        verbose_name_plural = _("form definitions")
        default_permissions = ()
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="one_definition_a_number"
            )
        ]

    def __str__(self) -> str:
        return gettext("Definition {number} of form {form}").format(
            number=self.number, form=self.page_id
        )

    @cached_property
    def data_key(self) -> Key:
        """The key that what is sent with it is written with; one query.

        Raises:
            core.encryption.EncryptionError: It cannot be read, or none can be made.
        """
        return key_of_form(self.page_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError
