"""A small site with one record of every kind that the admin has an address for."""

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Site,
    UploadedFile,
    Workflow,
    WorkflowTask,
)
from wagtail_factories import DocumentFactory

from applications.models import (
    Application,
    ApplicationNote,
    DecisionReason,
    FurtherQuestion,
)
from articles.importing.models import ArticleImport
from articles.models.article_page import ArticlePage
from core.models.assignments import Assignment
from core.models.videos import Video
from core.persons.erasing import open_request
from core.persons.person import Person
from core.publishing.metadata.beside import publish_beside
from evidence.importing.models import ReferenceImport
from home.search.models import Synonyms
from people.models import Credential
from review.models import (
    AccessibilityAudit,
    ChecklistItem,
    CredentialCheck,
    ReaderReport,
    Reviewer,
    ReviewRecord,
    UsefulCount,
)
from review.versions import version_of
from seo.models import Link, LinkTarget, LinkWalk, NotFoundAddress, PageReach
from testimonials.consent import documents

from .factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
    UserFactory,
)
from .factories_applications import ApplicationFormPageFactory, send
from .factories_evidence import ReferenceFactory
from .factories_newsletter import SubscriberFactory
from .factories_testimonials import (
    ConsentWordingFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from .wards import entered


def fill(home, client, user):
    """Make a page of each type under ``home``, and a record of every other kind."""
    topic = TopicFactory(name="A topic", slug="a-topic")
    people = PeopleIndexPageFactory(parent=home, title="A list of people")
    ada = PersonPageFactory(parent=people, title="A person")
    index = ArticleIndexPageFactory(parent=home, title="A list of articles")
    article = ArticlePageFactory(parent=index, title="An article", contributors=[ada])
    stories = TestimonialIndexPageFactory(parent=home, title="A list of stories")
    subject = SubjectFactory(reference_code="S-QUILL")
    TestimonialPageFactory(parent=stories, title="A story", subject=subject)
    ConsentWordingFactory(version="A wording", purpose="A purpose")
    documents.keep(subject.consents.get(), "scan.pdf", b"%PDF-1.7 signed")
    topics = TopicIndexPageFactory(parent=home, title="A list of topics")
    TopicPageFactory(parent=topics, title="A topic's page", topic=topic)
    ContentPageFactory(parent=home, title="A plain page")
    form = ApplicationFormPageFactory(parent=home, title="A form")
    send(client, form)
    application = Application.objects.get(definition__page=form)
    ApplicationNote.objects.create(application=application, author=user, text="A note")
    FurtherQuestion.objects.create(application=application, text="A question")
    DecisionReason.objects.create(name="A reason", text="A reason")
    entered(form, user)
    Redirect.objects.create(old_path="/old", redirect_page=article)
    Assignment.objects.create(
        page=article, problem="image-without-alternative", note="A note", asked_by=user
    )
    publish_beside(article.pk, {"seo_title": "A title tag"}, user)
    NotFoundAddress.objects.create(
        site=Site.objects.get(), path="/an-articel", last_on=timezone.localdate()
    )
    address = "http://localhost/nowhere/"
    nowhere = LinkTarget.objects.create(
        address=address,
        digest=LinkTarget.digest_of(address),
        verdict=LinkTarget.Verdict.DEAD,
    )
    Link.objects.create(page=article, target=nowhere, words="read on")
    PageReach.objects.create(page=article, walk=LinkWalk.objects.create())
    promoted = Query.get("an article")
    SearchPromotion.objects.create(query=promoted, page=article)
    Synonyms.objects.create(words="one, two")
    _start_moderation(article, user)
    EditingSession.objects.create(
        user=user, content_object=article, last_seen_at=article.last_published_at
    )
    _fill_libraries(topic)
    _fill_reviews(article, ada)
    ReferenceImport.objects.create(user=user)
    ArticleImport.objects.create(user=user, index=index)
    open_request(Person.typed("reader@example.org"), "Asked by letter", user)


def _start_moderation(article, user):
    workflow = Workflow.objects.create(name="A workflow")
    task = GroupApprovalTask.objects.create(name="A task")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    article.save_revision(user=user)
    workflow.start(article, user)


def _fill_reviews(article, ada):
    named = {"name": "A credential", "awarded_by": "A register"}
    Credential.objects.create(person=ada, is_clinical=True, **named)
    CredentialCheck.objects.create(person=ada, **named)
    Reviewer.objects.create(person=ada, user=UserFactory())
    ChecklistItem.objects.create(text="An item")
    ReaderReport.objects.create(
        page=article,
        kind="wrong",
        status="answered",
        passage="A passage",
        text="A report",
        email="reader@example.org",
        answer="An answer",
    )
    UsefulCount.objects.create(page=article, yes=3, no=1)
    AccessibilityAudit.objects.create(
        audited_on=timezone.localdate(), audited_by="An auditor", tested="A test"
    )
    ArticlePage.objects.filter(pk=article.pk).update(is_medical=True)
    ReviewRecord.objects.create(
        page_id=article.pk,
        name="A person",
        credential="A credential",
        due_on=timezone.localdate(),
        digest=version_of(article).digest,
    )


def _fill_libraries(topic):
    collection = Collection.get_first_root_node().add_child(name="A collection")
    SiteImageFactory(title="A picture", description="A picture", collection=collection)
    DocumentFactory(title="A document", collection=collection)
    UploadedFile.objects.create(file=ContentFile(b"x", "x.txt"))
    Video.objects.create(title="A video", duration_seconds=60)
    ReferenceFactory(title="A reference")
    SubscriberFactory(email="reader@example.org")
