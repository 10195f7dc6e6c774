"""Two topics, and their pages gathered."""

from demonstration.content.shapes import Topic
from demonstration.content.topics import (
    mesenchymal_therapy as topic_mesenchymal_therapy,
)
from demonstration.content.topics import multiple_sclerosis as topic_multiple_sclerosis

TOPICS = [
    Topic(
        key="multiple-sclerosis",
        name="Multiple sclerosis",
        slug="multiple-sclerosis",
        kind="MedicalCondition",
        summary=(
            "An illness in which the immune system damages the sheath of "
            "nerve fibres in the brain and spinal cord."
        ),
        hub="topic-multiple-sclerosis",
    ),
    Topic(
        key="mesenchymal-cell-therapy",
        name="Mesenchymal cell therapy",
        slug="mesenchymal-cell-therapy",
        kind="MedicalTherapy",
        summary=(
            "Treatment under study that uses cells of connective tissue "
            "to calm inflammation."
        ),
        hub="topic-mesenchymal-cell-therapy",
    ),
]

TOPIC_PAGES = [topic_multiple_sclerosis.PAGE, topic_mesenchymal_therapy.PAGE]
