"""The database and the cache."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import VAR, env, like

# A server that does not answer is given up, and never holds a visitor for minutes.
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "connect_timeout": 3,  # seconds
    "tcp_user_timeout": 10_000,  # milliseconds until sent data must be acknowledged
    "keepalives_idle": 30,  # seconds; the same for connections that wait for an answer
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
# The longest that a query of a request may take, in seconds; commands have no limit.
DATABASE_PATIENCE = 20

_ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")

with like("DATABASE_URL", "postgres://user:password@host/name or sqlite:////file"):
    DATABASES: dict[str, Any] = {
        "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")
    }
    if DATABASES["default"]["ENGINE"] not in _ENGINES:
        raise ValueError
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start, so that two never upgrade into a
        # deadlock, and an answer is on the disk before it is acknowledged. The system
        # keeps the file in memory once for all: not each thread 2 MiB of it, too.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-256;"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRESQL_OPTIONS)
# Each thread keeps a connection and checks it before the first query of a request, so
# that a restarted database costs no visitor an error (docs/adr/0009). With SQLite an
# open connection keeps readers served while the disk is full.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}

# What a restored backup must be cleaned of (docs/adr/0025): a file that no restore
# replaces, beside the backups.
ERASURE_LIST = env("ERASURE_LIST", default=str(VAR / "erasures.list"))
# Whoever empties the line has `deploy/` name no place of its own.
if not ERASURE_LIST:
    raise ImproperlyConfigured("ERASURE_LIST is empty. Name a file, or leave it out.")

_REDIS = ("redis", "rediss", "unix")
# Commits of what readers see start a new generation of stored pages.
_engine = DATABASES["default"]["ENGINE"].rpartition(".")[2]
DATABASES["default"]["ENGINE"] = f"delivery.database.{_engine}"
# The folder of stored pages, on this machine's disk or in its memory; "" keeps none.
PAGE_STORE = env("PAGE_STORE", default="")
# The Redis by which several machines notice what one of them changes; "" where there
# is one machine.
PAGE_GENERATIONS = env("PAGE_GENERATIONS", default="")
if PAGE_GENERATIONS and not PAGE_STORE:
    raise ImproperlyConfigured(
        "PAGE_GENERATIONS needs PAGE_STORE, the folder of each machine's own pages."
    )
if PAGE_GENERATIONS and urlsplit(PAGE_GENERATIONS).scheme not in _REDIS:
    raise ImproperlyConfigured("PAGE_GENERATIONS is not like redis://host:6379/2.")

with like("CACHE_URL", "redis://host:6379/1"):
    CACHES: dict[str, Any] = {
        "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    }
    urlsplit(env("CACHE_URL", default="")).port  # noqa: B018  raises unless a number
CACHES["default"]["KEY_FUNCTION"] = "delivery.once.cache_key"
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "core.cache.ResilientRedisCache"
