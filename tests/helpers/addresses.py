"""Addresses of files, and whether readers reach them."""

from django.core.files.storage import default_storage


def reached(client, address):
    """Return whether a reader gets the file at ``address``."""
    response = client.get(address)
    if response.streaming:
        b"".join(response)  # closes the file, as nothing else does here
    return response.status_code == 200


def public_files(folder=""):
    """Return the names of all files in the public store."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    found = [f"{folder}/{name}".lstrip("/") for name in names]
    for each in folders:
        found += public_files(f"{folder}/{each}".lstrip("/"))
    return found
