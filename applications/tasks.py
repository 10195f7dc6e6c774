"""Tasks that write e-mails, to staff and to applicants, none with an answer in it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django_tasks import task
from wagtail.models import Site

from applications.contacts import email_of
from applications.letters import address, tell_staff, write, write_to_staff
from applications.mailed import about_application, about_draft
from applications.models.applications import Application
from applications.models.further_questions import FurtherQuestion
from applications.models.links import AccessLink, LinkRequest
from applications.models.withdrawals import DeletedApplication
from applications.personal_acts import note_a_withdrawal
from core.models.mail_record import MailRecord
from core.tasks import enqueue

# Of one person; older ones are reached by what was mailed when they were sent.
_MOST_LINKS = 5
# So long staff can take a state back without the applicant hearing of it.
PAUSE_BEFORE_NEWS = timedelta(minutes=10)


@task()
def notify(application_pk: str) -> None:
    """Notify staff of a new application, without its contents."""
    with transaction.atomic():
        application = _locked(application_pk)
        if application is None or _is_told_of_arrival(application):
            return  # told before, by a worker that was stopped
        subject = gettext("Application {reference} has arrived")
        tell_staff(application, subject, "arrived")


@task()
def notify_of_change(application_pk: str) -> None:
    """Notify staff that an applicant withdrew an application, or a consent."""
    with transaction.atomic():
        if application := _locked(application_pk):
            note_a_withdrawal(application)
            subject = gettext("Application {reference} was changed by the applicant")
            tell_staff(application, subject, "changed")


@task()
def notify_of_deletion(deleted_pk: int, site_pk: int) -> None:
    """Notify staff that an applicant deleted an application."""
    deleted = DeletedApplication.objects.filter(pk=deleted_pk).first()
    site = Site.objects.filter(pk=site_pk).first()
    if deleted and site:
        subject = gettext("Application {reference} was deleted by the applicant")
        path = reverse("application:deleted")
        with transaction.atomic():
            write_to_staff(
                site, deleted.form, deleted.reference, path, subject, "deleted"
            )


@task()
def acknowledge(application_pk: str) -> None:
    """Tell an applicant that the application has arrived, with a link to its status."""
    application = _application(application_pk)
    if application is None or not (email := email_of(application)):
        return
    with transaction.atomic():
        if application.links.exists():
            return  # told before, by a worker that was stopped
        link, token = AccessLink.objects.issue(email, application=application)
        site = application.definition.page.get_site()
        subject = gettext("We have received what you sent")
        context = {
            "reference": application.reference,
            "url": address(site, token),
            "until": link.expires_at,
        }
        about = about_application(application.pk)
        write(site, email, subject, "received", context, about)


def tell_of_news_later(application: Application) -> None:
    """Have an applicant told of the state, once it can no longer be undone at once."""
    since = application.state_since
    _enqueue_news(tell_of_news, str(application.pk), since.isoformat() if since else "")


def tell_of_question_later(question: FurtherQuestion) -> None:
    """Have an applicant told of a question, unless it is taken back at once."""
    _enqueue_news(tell_of_question, str(question.pk))


def _enqueue_news(task: Any, *args: str) -> None:
    if task.get_backend().supports_defer:
        task = task.using(run_after=timezone.now() + PAUSE_BEFORE_NEWS)
    enqueue(task, *args)


@task()
def tell_of_news(application_pk: str, since: str) -> None:
    """Tell an applicant that there is news, and nothing of what it is.

    Args:
        application_pk: Which.
        since: When its state began, "" for when it was received. Another state has
            news of its own.
    """
    application = _application(application_pk)
    if application is None or not application.is_written_to:
        return
    if not (email := email_of(application)):
        return
    moment = datetime.fromisoformat(since) if since else None
    with transaction.atomic():
        # Claimed by the statement itself: every task may run twice.
        waiting = Application.objects.filter(pk=application.pk, state_since=moment)
        waiting = waiting.exclude(status=Application.Status.WITHDRAWN)
        told = Q(told_of=moment)
        if not waiting.exclude(told).update(told_of=moment):
            return
        _write_news(application, email)


@task()
def tell_of_question(question_pk: str) -> None:
    """Tell an applicant that there is news, while the question is open; once."""
    question = (
        FurtherQuestion.objects.select_related("application__definition__page")
        .filter(pk=question_pk)
        .first()
    )
    if question is None or not question.application.is_written_to:
        return
    if not (email := email_of(question.application)):
        return
    with transaction.atomic():
        # Claimed by the statement itself: every task may run twice.
        waiting = FurtherQuestion.objects.filter(
            pk=question.pk, answered_at=None, taken_back_at=None, told_at=None
        )
        waiting = waiting.exclude(application__status=Application.Status.WITHDRAWN)
        if waiting.update(told_at=timezone.now()):
            _write_news(question.application, email)


@task()
def mail_links(request_pk: str) -> None:
    """Mail whoever asked for links those of their applications, if there are any."""
    request = LinkRequest.objects.filter(pk=request_pk).first()
    if request is None:
        return
    applications = (
        Application.objects.select_related("definition__page")
        # Marked ones write to no address, which a program may have named.
        .filter(Q(suspicion="") | Q(is_vouched=True), contact_hash__in=request.hashes)
        .order_by("-submitted_at")[:_MOST_LINKS]
    )
    drafts = AccessLink.objects.usable().to_drafts_of(request.hashes)[:_MOST_LINKS]
    with transaction.atomic():
        if not (applications or drafts) or not request.claim():
            return
        # The address that was given, not the one typed now, which only looks alike.
        email = email_of(applications[0]) if applications else drafts[0].email
        links, ends = [], []
        for application in applications:
            link, token = AccessLink.objects.issue(email, application=application)
            links.append({"label": application.reference, "token": token})
            ends.append(link.leads_until)
        for earlier in drafts:
            link, token = AccessLink.objects.issue(
                email, draft=earlier.draft, contact_hash=earlier.contact_hash
            )
            links.append({"label": _begun(link), "token": token})
            ends.append(link.leads_until)
        site = link.page.get_site()
        for each in links:
            each["url"] = address(site, each.pop("token"))
        context = {"links": links, "until": min(ends)}
        subject = gettext("The link you asked for")
        about = [about_application(each.pk) for each in applications]
        about += [about_draft(each.draft_id) for each in drafts]
        write(site, email, subject, "links", context, *about)


@task()
def mail_draft_link(link_pk: str) -> None:
    """Mail the link by which somebody goes on with a form later."""
    link = (
        AccessLink.objects.usable()
        .select_related("draft__definition__page")
        .filter(pk=link_pk, draft__isnull=False)
        .first()
    )
    if link is None or link.draft is None or link.is_one_of_many:
        return
    with transaction.atomic():
        site = link.page.get_site()
        url = address(site, link.new_token())
        context = {
            "links": [{"label": _begun(link), "url": url}],
            "until": link.leads_until,
        }
        subject = gettext("The link you asked for")
        about = about_draft(link.draft_id)
        write(site, link.email, subject, "links", context, about)


@task()
def mail_code(link_pk: str) -> None:
    """Mail a new code to the address that the link was sent to."""
    link = (
        AccessLink.objects.usable()
        .select_related("application__definition__page", "draft__definition__page")
        .filter(pk=link_pk)
        .first()
    )
    if link is None:
        return
    with transaction.atomic():
        if code := link.new_code():
            site = link.page.get_site()
            subject = gettext("Your code")
            context = {"code": f"{code[:3]} {code[3:]}"}
            write(site, link.email, subject, "code", context, _about(link))


def _write_news(application: Application, email: str) -> None:
    link, token = AccessLink.objects.issue(email, application=application)
    site = application.definition.page.get_site()
    subject = gettext("There is news about what you sent us")
    context = {
        "reference": application.reference,
        "url": address(site, token),
        "until": link.expires_at,
    }
    about = about_application(application.pk)
    write(site, email, subject, "news", context, about)


def _application(pk: str) -> Application | None:
    return Application.objects.select_related("definition__page").filter(pk=pk).first()


def _locked(pk: str) -> Application | None:
    """Return an application that nobody deletes before this transaction ends."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("definition__page")
        .filter(pk=pk)
        .first()
    )


def _is_told_of_arrival(application: Application) -> bool:
    about = about_application(application.pk)
    return MailRecord.objects.filter(about=about, kind="arrived").exists()


def _about(link: AccessLink) -> str:
    if link.application_id:
        return about_application(link.application_id)
    return about_draft(link.draft_id)


def _begun(link: AccessLink) -> str:
    """Return what a link to a draft is called: drafts have no number."""
    begun = link.draft.created_at if link.draft else link.created_at
    date = date_format(timezone.localtime(begun))
    return gettext("Go on with what you began on {date}").format(date=date)
