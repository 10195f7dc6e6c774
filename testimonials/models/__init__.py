"""The models of this app, one subject a file; import from where they are defined."""

from . import consent, pages, subject  # noqa: F401  (registers the models)
