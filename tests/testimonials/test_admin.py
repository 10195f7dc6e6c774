"""Subjects and consents in the admin: added and withdrawn, never deleted."""

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from core.persons.erasure_list import ERASED, ErasureList
from core.persons.person import CODE, name
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from tests.helpers.factories import (
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    subject_form,
)


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def subject(db):
    return SubjectFactory(portrait=SiteImageFactory(title="A drawing"))


@pytest.fixture
def story(stories, subject):
    return TestimonialPageFactory(
        parent=stories, subject=subject, title="Up the stairs"
    )


class TestAdmin:
    def test_a_consent_on_record_is_not_deleted(self, log_in, subject):
        client = log_in("Moderators")

        response = client.post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(subject, **{"consents-0-DELETE": "on"}),
        )

        assert "A consent on record is not deleted" in response.content.decode()
        assert subject.consents.count() == 1

    def test_a_code_of_somebody_who_was_erased_is_refused(
        self, log_in, subject, settings, tmp_path
    ):
        settings.ERASURE_LIST = str(tmp_path / "list")
        erased = [(ERASED, name(CODE, code), timezone.now()) for code in ("S-1", "S-2")]
        ErasureList().add(erased)
        Subject.objects.filter(pk=subject.pk).update(reference_code="S-1")
        client, url = log_in("Moderators"), f"/admin/story_subjects/edit/{subject.pk}/"
        subject.refresh_from_db()

        changed = subject_form(subject, reference_code="S-2")
        answer = client.post(url, changed)

        assert "Take another" in answer.content.decode()
        kept = client.post(url, subject_form(subject, reference_code="S-1"))
        assert "Take another" not in kept.content.decode()

    def test_a_consent_on_record_is_not_changed_but_withdrawn(self, log_in, subject):
        client = log_in("Moderators")

        client.post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(
                subject,
                **{
                    "consents-0-scope_name": "on",
                    "consents-0-valid_until": "2099-01-01",
                    "consents-0-withdrawn_at": "2026-05-01 12:00",
                },
            ),
        )

        consent = subject.consents.get()
        assert not consent.scope_name
        assert consent.valid_until is None
        assert consent.withdrawn_at

    def test_a_consent_on_record_is_confirmed(self, log_in, subject):
        log_in("Moderators").post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(subject, **{"consents-0-confirmed_on": "2026-05-01"}),
        )

        assert str(subject.consents.get().confirmed_on) == "2026-05-01"

    def test_what_the_person_does_while_staff_save_stands(
        self, log_in, subject, monkeypatch
    ):
        """The form stores every consent, and may not store one as it was before."""
        client = log_in("Moderators")
        statements = []
        select = type(Subject.objects.all()).select_for_update

        def locked(queryset, *args, **options):
            statements.append(queryset.model)
            # Whoever came first has done it by now; whoever comes later waits.
            Consent.objects.update(withdrawn_at=timezone.now())
            return select(queryset, *args, **options)

        monkeypatch.setattr(type(Subject.objects.all()), "select_for_update", locked)
        client.post(f"/admin/story_subjects/edit/{subject.pk}/", subject_form(subject))

        assert statements[0] is Subject
        assert subject.consents.get().withdrawn_at

    def test_a_withdrawal_stands(self, log_in, subject):
        Consent.objects.update(withdrawn_at=timezone.now())

        log_in("Moderators").post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(subject, **{"consents-0-withdrawn_at": ""}),
        )

        assert subject.consents.get().withdrawn_at

    def test_a_new_consent_is_added_beside_the_old_one(self, log_in, subject):
        new = {
            "consents-TOTAL_FORMS": 2,
            "consents-1-id": "",
            "consents-1-scope_name": "on",
            "consents-1-valid_from": "2026-02-01",
            "consents-1-wording_version": "2026-02",
        }

        response = log_in("Moderators").post(
            f"/admin/story_subjects/edit/{subject.pk}/", subject_form(subject, **new)
        )

        assert response.status_code == 302
        assert list(subject.consents.values_list("wording_version", flat=True)) == [
            "2026-01",
            "2026-02",
        ]

    def test_nobody_deletes_a_subject(self, log_in, subject):
        response = log_in(None).post(f"/admin/story_subjects/delete/{subject.pk}/")

        assert response.status_code == 302
        assert type(subject).objects.filter(pk=subject.pk).exists()

    def test_code_that_deletes_a_subject_is_stopped(self, subject):
        with pytest.raises(ProtectedError):
            subject.delete()

    def test_the_list_says_how_each_consent_stands(self, log_in, subject):
        Consent.objects.update(valid_until="2099-03-01")
        client = log_in("Moderators")
        url = "/admin/story_subjects/"

        assert "covered until 1 March 2099" in client.get(url).content.decode()
        Consent.objects.update(withdrawn_at=timezone.now())
        assert "withdrawn" in client.get(url).content.decode()

    def test_editors_choose_by_code_and_see_no_name(self, log_in, subject):
        client = log_in("Editors")

        window = client.get("/admin/subject_chooser/").content.decode()

        assert subject.reference_code in window
        assert "Rosalind" not in window
        assert client.get("/admin/story_subjects/").status_code == 302

    @pytest.mark.parametrize(
        ("field", "value"),
        [("reference_code", "QUILL-1"), ("disclosure", "Rosalind was paid.")],
    )
    def test_the_name_is_refused_where_it_would_stay(
        self, log_in, subject, field, value
    ):
        response = log_in("Moderators").post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(subject, **{field: value}),
        )

        assert response.status_code == 200
        subject.refresh_from_db()
        assert getattr(subject, field) != value

    @pytest.mark.parametrize(
        "called",
        [
            {"title": "rosalind_quill.jpg"},
            {"description": "Rosalind, at a window"},
            {"file__filename": "rosalind-quill.jpg"},
        ],
        ids=lambda called: next(iter(called)),
    )
    def test_a_portrait_called_by_the_name_is_refused(self, log_in, subject, called):
        picture = SiteImageFactory(**called)

        response = log_in("Moderators").post(
            f"/admin/story_subjects/edit/{subject.pk}/",
            subject_form(subject, portrait=picture.pk),
        )

        assert "upload it again" in response.content.decode()
        assert Subject.objects.get().portrait != picture
