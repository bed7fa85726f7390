"""The telephone list: every office of the catalog that can be reached, for the time when nothing else works."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from madoguchi.answers.reply import contact_as_json
from madoguchi.catalog import Catalog


@dataclass(frozen=True, slots=True)
class ContactList:
    """The list as JSON, and its ETag."""

    body: bytes
    etag: str


def contact_list(catalog: Catalog) -> ContactList:
    """The offices with a telephone number, in the order of the file; the general one first.

    `as_of` is the oldest day of the entries: from then on the list as a whole is no newer.
    """
    general = catalog.settings.general_contact
    offices = sorted(
        (contact for contact in catalog.contacts.values() if contact.telephone), key=lambda c: c.id != general
    )
    content = {
        "name": catalog.settings.name,
        "covers": catalog.settings.covers,
        "as_of": min((contact.as_of for contact in offices), default=""),
        "contacts": [contact_as_json(contact) | {"as_of": contact.as_of} for contact in offices],
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return ContactList(body=body, etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"')
