"""The models, one subject a file; import from the file that defines them."""

from . import applications, definitions, pages, site_settings  # noqa: F401
