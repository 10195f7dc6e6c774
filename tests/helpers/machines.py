"""The site on two machines: two folders, and what they share."""

import shutil
import sys
import time
from contextlib import contextmanager

import boto3
import redis
from django.conf import settings
from moto.server import ThreadedMotoServer

from tests.helpers.behind_nginx import PATIENCE, BehindNginx
from tests.helpers.postgresql_databases import empty_database, keep, restore
from tests.helpers.redis_server import RedisServer
from tests.helpers.shared_generations import end_leases


class Machines:
    """Two machines, each with nginx, a process of the site and a worker.

    They share a database, a Redis and a bucket.
    """

    def __init__(self, folder, dump):
        self.folder, self.dump = folder, dump
        self.redis = RedisServer(folder)

    @contextmanager
    def running(self, fill):
        """Run everything; ``fill(machine)`` puts pages into the database."""
        with empty_database() as database, _buckets() as storage:
            self.redis.start()
            address = f"redis://127.0.0.1:{self.redis.port}"
            shared = {
                "DATABASE_URL": database,
                "CACHE_URL": f"{address}/1",
                "PAGE_GENERATIONS": f"{address}/2",
                # Whoever is in front reads it without a key.
                "MEDIA_STORAGE": f"{storage}/media?default_acl=public-read",
                "PRIVATE_STORAGE": f"{storage}/private",
                "APPLICANTS_STORAGE": f"{storage}/applicants",
                "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
                "SECRET_KEY": "shared",
                "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
                "WEB_CONCURRENCY": "1",
            }
            self.each = [self._machine(name, shared) for name in ("a", "b")]
            one, other = self.each
            # Readers know both by one name.
            other.host, other.environment["PORT"] = one.host, str(one.port)
            try:
                restore(database, self.dump)
                one.start(lambda site: (keep(database, self.dump), fill(site)))
                static = "var/static"
                shutil.copytree(one.folder / static, other.folder / static)
                other.serve()
                for machine in self.each:
                    machine.work()
                yield self
            finally:
                for machine in self.each:
                    machine.stop()
                self.redis.stop()

    def _machine(self, name, shared):
        folder = self.folder / name
        folder.mkdir()
        return Machine(folder, **shared, PAGE_STORE=str(folder / "var" / "pages"))

    def end_leases(self):
        """Have whoever was killed, or forgotten, be waited for no longer."""
        with redis.Redis(port=self.redis.port, db=2) as client:
            end_leases(client)

    def keep(self, path):
        """Return when every machine answers ``path`` with a page that it has kept."""
        for machine in self.each:
            until = time.monotonic() + PATIENCE
            while "ETag" not in machine.get(path)[1]:
                assert time.monotonic() < until, machine.log("gunicorn")
                time.sleep(0.05)


class Machine(BehindNginx):
    def work(self):
        """Start a worker."""
        command = ("manage.py", "db_worker", "--interval=0.1")
        self._start("worker", sys.executable, *command)


@contextmanager
def _buckets():
    """Return the address of a service with three buckets, without their names."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    region, endpoint = "us-east-1", f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=endpoint, region_name=region, **keys)
    for name in ("media", "private", "applicants"):
        client.create_bucket(Bucket=name)
    try:
        yield f"s3+http://key:secret@{host}:{port}"
    finally:
        client.close()
        server.stop()
