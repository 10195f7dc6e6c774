"""Drafts and files of applicants, and a ClamAV of the test's own."""

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from applications.models import Draft
from applications.uploads.storing import Limits, keep
from tests.helpers.factories_steps import block, in_steps

LIMITS = Limits(files=3, megabytes=5)
QUESTION = "11111111-1111-4111-8111-111111111111"
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
trailer <</Root 1 0 R>>
startxref
9
%%EOF
"""
# As the makers of scanners give everybody to try them; of no harm.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind="JPEG", size=(64, 40), **options):
    file = BytesIO()
    pixels = Image.radial_gradient("L").resize(size).convert("RGB")
    pixels.save(file, kind, **options)
    return file.getvalue()


def draft_of(form_page):
    return Draft.objects.create(
        definition=form_page.latest_definition,
        secret_hash=uuid4().hex * 2,
        answers="{}",
        expires_at=timezone.now() + timedelta(days=1),
    )


def kept(draft, name="letter.pdf", content=PDF, question=QUESTION, limits=LIMITS):
    return keep(draft, question, name, content, limits)


@contextmanager
def clamav(folder, answer=None, most=10**9):
    """Yield the path of a socket, and what was sent to it; EICAR is a virus to it.

    ``answer`` is one of its own, or its pieces as they come, a moment apart; of more
    bytes than ``most`` it says that they are too many, and hangs up.
    """
    path, received = str(folder / "clamd"), []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        thread = threading.Thread(target=_serve, args=(server, received, answer, most))
        thread.start()
        try:
            yield path, received
        finally:
            with socket.socket(socket.AF_UNIX) as last:
                last.connect(path)  # which says nothing, and so ends it
            thread.join()


def _serve(server, received, answer, most):
    while True:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as stream, suppress(OSError):
            if stream.read(10) != b"zINSTREAM\0":
                return
            content = b""
            while size := int.from_bytes(stream.read(4)):
                content += stream.read(size)
                if len(content) > most:
                    connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    break
            else:
                received.append(content)
                _say(connection, answer, content)


def _say(connection, answer, content):
    if answer is None or isinstance(answer, bytes):
        found = b"Eicar-Test FOUND" if EICAR in content else b"OK"
        connection.sendall(answer or b"stream: " + found + b"\0")
        return
    for piece in answer:
        connection.sendall(piece)
        connection.settimeout(0.05)
        with suppress(TimeoutError):
            connection.recv(1)  # waits, unless the other side hangs up


def file_question(**more):
    """Return the question as raw stream data."""
    value = {
        "label": "Your latest MRI report",
        "required": True,
        "most_files": 3,
        "most_megabytes": 5,
        "may_bring": True,
    }
    return {"type": "file", "id": QUESTION, "value": value | more}


def with_a_file_step(**more):
    """Return the form in steps, with files asked for in its last."""
    return [*in_steps(), block("step", "Your letters"), file_question(**more)]


def sent(name, content=PDF):
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
