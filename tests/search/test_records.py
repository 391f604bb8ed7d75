"""Records are written without their model."""

from reader.search.engine import Record
from reader.search.models import SearchRecord


def test_a_record_has_what_its_table_has() -> None:
    assert Record._fields == tuple(field.attname for field in SearchRecord._meta.concrete_fields)
