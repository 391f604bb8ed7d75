"""Where each database looks for words: beside the records of the search, and gone with them."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE reader_searchwords USING fts5(
        title, body, facets, tokenize = 'ascii', prefix = '2 3', columnsize = 0
    )
    """,
    """
    CREATE TRIGGER reader_searchwords_go AFTER DELETE ON reader_searchrecord
    BEGIN DELETE FROM reader_searchwords WHERE rowid = old.id; END
    """,
]
POSTGRESQL = [
    "ALTER TABLE reader_searchrecord ADD COLUMN vector tsvector",
    "CREATE INDEX search_record_vector ON reader_searchrecord USING gin (vector) WITH (fastupdate = off)",
]
BACK = {
    "sqlite": ["DROP TRIGGER reader_searchwords_go", "DROP TABLE reader_searchwords"],
    "postgresql": ["DROP INDEX search_record_vector", "ALTER TABLE reader_searchrecord DROP COLUMN vector"],
}


def make(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reader", "0010_search")]
    operations = [migrations.RunPython(make, drop)]
