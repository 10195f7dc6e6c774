"""Subscribers: valid and minimal."""

import factory

from newsletter.models import Subscriber


class SubscriberFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"reader{n}@example.org")
    wording_version = "general"

    class Meta:
        model = Subscriber
