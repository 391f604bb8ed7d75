"""What is kept of the search, to be compared with what making it anew would keep."""

from typing import Any

from django.db import connection

from reader.search.documents import REGISTER
from reader.search.engine import Record
from reader.search.indexing import row_of
from reader.search.models import SearchRecord

#: All of a record but what orders its facets.
FIELDS = [field.attname for field in SearchRecord._meta.concrete_fields if field.attname != "facets"]


def kept() -> dict[str, Any]:
    return {f"{one.kind} {one.object_id}": said(one) for one in SearchRecord.objects.all()}


def wanted() -> dict[str, Any]:
    """The records that there would be if all were made anew now."""
    found: dict[str, Any] = {}
    for source in REGISTER:
        ids = source.ids_after(0, 100_000)
        for document in source.documents(ids):
            found[f"{source.kind} {document.object_id}"] = said(row_of(source.kind, document)[0])
    return found


def said(record: SearchRecord | Record) -> dict[str, Any]:
    return {**{name: getattr(record, name) for name in FIELDS}, "facets": sorted(record.facets.split())}


def drift() -> dict[str, Any]:
    """Where the two differ: the record kept, and the one wanted."""
    is_kept, is_wanted = kept(), wanted()
    return {
        name: (is_kept.get(name), is_wanted.get(name))
        for name in is_kept.keys() | is_wanted.keys()
        if is_kept.get(name) != is_wanted.get(name)
    }


def words_without_record() -> int:
    """How many rows of words stand for a record that is gone."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM reader_searchwords WHERE rowid NOT IN (SELECT id FROM reader_searchrecord)"
        )
        return int(cursor.fetchone()[0])
