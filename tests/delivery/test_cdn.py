"""Each kind of CDN is told in its own words, and a refusal is an error."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber

from delivery.cdn import Cloudflare, CloudFront, Http
from tests.helpers.cdn import cdn

ADDRESSES = ["https://clinic.example/*", "https://www.clinic.example/*"]


class TestACacheOfHttp:
    def test_is_told_for_each_host(self):
        with cdn() as network:
            Http({"LOCATION": network.address}).purge_batch(ADDRESSES)

        assert network.purged == ["clinic.example/*", "www.clinic.example/*"]

    def test_that_refuses_is_an_error(self):
        with cdn() as network:
            network.status = 403
            with pytest.raises(HTTPError) as refused:
                Http({"LOCATION": network.address}).purge_batch(ADDRESSES)
        refused.value.close()


class TestCloudflare:
    @pytest.fixture
    def asked(self):
        """What Cloudflare was asked; ``asked.status`` is its answer."""

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                content = json.loads(self.rfile.read(length))
                server.asked.append((self.headers["Authorization"], content))
                self.send_response(server.status)
                self.end_headers()

            def log_message(self, *args):
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.asked, server.status = [], 200
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            yield server
            server.shutdown()
            thread.join()

    def purge(self, server):
        backend = Cloudflare({"BEARER_TOKEN": "token", "ZONEID": "zone"})
        assert "/zones/zone/" in backend.cloudflare_purge_endpoint_url
        backend.cloudflare_purge_endpoint_url = f"http://127.0.0.1:{server.server_port}"
        backend.purge_batch(ADDRESSES)

    def test_forgets_a_zone_as_a_whole(self, asked):
        self.purge(asked)

        assert asked.asked == [("Bearer token", {"purge_everything": True})]

    def test_that_refuses_is_an_error(self, asked):
        asked.status = 429

        with pytest.raises(HTTPError) as refused:
            self.purge(asked)
        refused.value.close()


class TestCloudFront:
    @pytest.fixture
    def backend(self, monkeypatch):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "made-up")
        return CloudFront({"DISTRIBUTION_ID": "E123"})

    def test_forgets_everything_of_a_distribution(self, backend):
        paths = {"Quantity": 1, "Items": ["/*"]}
        asked = {
            "DistributionId": "E123",
            "InvalidationBatch": {"Paths": paths, "CallerReference": ANY},
        }
        with Stubber(backend.client) as amazon:
            amazon.add_response("create_invalidation", {}, asked)
            backend.purge_batch(ADDRESSES)

            amazon.assert_no_pending_responses()

    def test_that_refuses_is_an_error(self, backend):
        with Stubber(backend.client) as amazon:
            amazon.add_client_error("create_invalidation", "TooManyInvalidations")
            with pytest.raises(ClientError, match="TooMany"):
                backend.purge_batch(ADDRESSES)
