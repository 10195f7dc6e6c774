"""Loads the records that pages refer to: pictures, references, topics and so on."""

from pathlib import Path
from typing import Any

from django.core.files import File

from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.models.topics import Topic
from core.models.videos import Video
from demonstration.content import all_stories as stories
from demonstration.content import all_topics as topics
from demonstration.content import media_records, references
from demonstration.seeding.resolve import Resolver
from evidence.models import Reference
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from testimonials.models.wording import ConsentWording

MEDIA = Path(__file__).parents[1] / "media"
WORDING_VERSION = "2025-09"


def load_library(known: Resolver) -> None:
    """Make pictures, videos, references and topics."""
    for picture in media_records.PICTURES:
        image = SiteImage(
            title=picture.title,
            description=picture.description,
            credit=picture.credit,
            licence=picture.licence,
            provenance="drawing",
            # What stories show is marked with them.
            shows="" if picture.file.startswith("story-") else Shows.NOBODY,
        )
        image.for_dark = _for_dark(image, picture.file)
        known.pictures[picture.key] = _with_file(image, "file", picture.file)
    for clip in media_records.VIDEOS:
        video = Video(
            title=clip.title,
            summary=clip.summary,
            transcript=clip.transcript,
            duration_seconds=clip.duration_seconds,
            poster=_with_file(
                SiteImage(
                    title=clip.title, description=clip.summary, provenance="drawing"
                ),
                "file",
                clip.poster,
            ),
        )
        with (MEDIA / clip.captions).open("rb") as captions:
            video.captions.save(clip.captions, File(captions), save=False)
        known.videos[clip.key] = _with_file(video, "file", clip.file)
    for work in references.REFERENCES:
        known.references[work.key] = Reference.objects.create(
            csl_type=work.kind,
            title=work.title,
            authors=[
                {"family": family, "given": given} for family, given in work.authors
            ],
            more_authors=work.et_al,
            container_title=work.journal,
            issued_year=work.year,
            volume=work.volume,
            issue=work.issue,
            page=work.pages,
            doi=work.doi,
            pmid=work.pmid,
            url=work.url,
            accessed=work.accessed,
            study_design=work.study_design,
            species=work.species,
            population=work.population,
            sample_size=work.sample_size,
            finding=work.finding,
        )
    known.topics = {
        topic.key: Topic.objects.create(
            name=topic.name, slug=topic.slug, kind=topic.kind, summary=topic.summary
        )
        for topic in topics.TOPICS
    }


def load_subjects(known: Resolver) -> dict[str, Subject]:
    """Create the subjects of the stories, with their consents, by key."""
    made = {}
    for person in stories.SUBJECTS:
        made[person.key] = Subject.objects.create(
            name=person.name,
            portrait=known.pictures.get(person.portrait),
            person=known.pages.get(person.person),
            relation=person.relation,
            disclosure=person.disclosure,
        )
    wording = ConsentWording.objects.create(
        version=WORDING_VERSION,
        purpose=stories.PURPOSE,
        text=stories.WORDING,
        is_asked=True,
    )
    for consent in stories.CONSENTS:
        Consent.objects.create(
            subject=made[consent.subject],
            scope_name=consent.name,
            scope_initials=consent.initials,
            scope_photograph=consent.photograph,
            scope_video=consent.photograph,
            scope_voice=consent.photograph,
            scope_medical_detail=consent.medical_detail,
            valid_from=consent.valid_from,
            valid_until=consent.valid_until,
            wording=wording,
            wording_version=WORDING_VERSION,
            given_on=consent.valid_from,
        )
    return made


def _for_dark(day: SiteImage, name: str) -> SiteImage | None:
    """Return a picture's version for the dark theme, where there is one."""
    night = name.replace(".", "-night.")
    if not (MEDIA / night).exists():
        return None
    image = SiteImage(
        title=f"{day.title}, for the dark theme",
        description=day.description,
        credit=day.credit,
        licence=day.licence,
        provenance=day.provenance,
        shows=day.shows,
    )
    _with_file(image, "file", night)
    return image


def _with_file(record: Any, field: str, name: str) -> Any:
    with (MEDIA / name).open("rb") as stream:
        setattr(record, field, File(stream, name))
        record.save()
    return record
