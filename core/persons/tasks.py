"""The task that erases somebody. Queued rows name it by path."""

from django_tasks import task

from core.models.person_requests import PersonRequest
from core.persons.erasing import carry_out


@task()
def erase_person(request_pk: str) -> None:
    """Erase the person of a request; killed or failed, it is run again."""
    if request := PersonRequest.objects.filter(pk=request_pk).first():
        carry_out(request)
