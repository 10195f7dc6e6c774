"""The models of this app; import each from the file that defines it."""

from articles.importing import models as importing  # noqa: F401  (registers them)

from . import article_page, contributions, index_page  # noqa: F401  (registers them)
