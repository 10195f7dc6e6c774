"""The models of this app; import each from the file that defines it."""

from . import images, site_settings, topics, videos  # noqa: F401  (registers the models)
