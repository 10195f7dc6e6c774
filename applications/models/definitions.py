"""What a form asked, frozen whenever it was published."""

from typing import Any, NoReturn

from django.db import models


class FrozenError(Exception):
    """Something tried to change or delete a form's definition."""

    def __init__(self) -> None:
        super().__init__(
            "A form's definition is never changed or deleted: make a new one."
        )


class FormDefinitionQuerySet(models.QuerySet["FormDefinition"]):
    """Definitions can be read and added to."""

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
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = FormDefinitionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="one_definition_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Definition {self.number} of form {self.page_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError
