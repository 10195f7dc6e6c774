"""How many applications are in which state of which form, in constant queries."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from applications.admissions.rights import Right, forms_where
from applications.inbox.states import Rows, all_states, resolved, rows_by_form
from applications.models.applications import Application
from applications.models.definitions import FormDefinition
from applications.models.pages import ApplicationFormPage
from applications.models.states import ApplicationState

_Status = Application.Status
# Somebody still has to do something about these.
UNFINISHED = (_Status.RECEIVED, _Status.READING, _Status.ASKED)


def definitions_of(forms: Any) -> "QuerySet[FormDefinition]":
    """Return all that ``forms`` were published as.

    A list asked for by these is read from an index in its order; by way of a join with
    their pages, all of it would be sorted for each page.
    """
    return FormDefinition.objects.filter(page__in=forms).order_by()


def seen_by(user: Any) -> "QuerySet[Application]":
    """Return the applications that a user may see that there are."""
    forms = forms_where(user, Right.SEE).values("pk")
    return Application.objects.filter(definition__in=definitions_of(forms).values("pk"))


def counts(user: Any) -> list[dict[str, Any]]:
    """Return what a user may see that there is, by form.

    ``{"form", "url", "total", "states": [{"name", "url", "count"}]}``; the states that
    any application is in, in the form's order.
    """
    # By definition, which an index holds, and not by page, which takes a join.
    rows: list[Any] = list(
        seen_by(user)
        .order_by()
        .values("definition_id", "status", "state_id")
        .annotate(number=Count("pk"))
    )
    pages = dict(
        FormDefinition.objects.filter(
            pk__in={row["definition_id"] for row in rows}
        ).values_list("pk", "page_id")
    )
    forms = ApplicationFormPage.objects.filter(pk__in=set(pages.values()))
    known = rows_by_form(pages.values())
    return [
        _of_form(
            form, [row for row in rows if pages[row["definition_id"]] == form.pk], known
        )
        for form in forms.order_by("title", "pk")
    ]


def _of_form(
    form: ApplicationFormPage, rows: list[dict[str, Any]], known: Rows
) -> dict[str, Any]:
    own = known.get(form.pk, [])
    numbers: dict[str, int] = {}
    found: dict[str, ApplicationState] = {}
    for row in rows:
        state = resolved(form, own, row["status"], row["state_id"])
        found[state.key] = state
        numbers[state.key] = numbers.get(state.key, 0) + row["number"]
    order = [state.key for state in all_states(form, own)]
    keys = sorted(found, key=lambda key: order.index(key) if key in order else -1)
    return {
        "form": form,
        "url": _address(form=form.pk),
        "total": sum(numbers.values()),
        "states": [
            {
                "name": found[key].name,
                "url": _address(form=form.pk, state=key),
                "count": numbers[key],
            }
            for key in keys
        ],
    }


def _address(**filters: Any) -> str:
    return f"{reverse('application:index')}?{urlencode(filters)}"
