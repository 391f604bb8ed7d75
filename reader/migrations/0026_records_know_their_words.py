"""A record knows which words are kept of it, and the first four letters of a word are a word, too.

The records are forgotten here; `manage.py serve` makes them when it starts, else `manage.py reindex` does. FTS5 may
gather more of a transaction before it writes: so it merges less. (A plain index of the records is never rebuilt here,
or SQLite would lose the trigger.)
"""

from django.db import migrations, models

GONE = [
    "DROP TRIGGER reader_searchwords_go",
    "DROP TABLE reader_searchwords",
    "DELETE FROM reader_searchrecord",
    """
    CREATE VIRTUAL TABLE reader_searchwords USING fts5(
        title, body, facets, tokenize = "ascii tokenchars '_*'", columnsize = 0
    )
    """,
    """
    CREATE TRIGGER reader_searchwords_go AFTER DELETE ON reader_searchrecord
    BEGIN DELETE FROM reader_searchwords WHERE rowid = old.id; END
    """,
]
GATHER = "INSERT INTO reader_searchwords(reader_searchwords, rank) VALUES ('hashsize', 67108864)"
TRUNCATE = ["TRUNCATE reader_searchrecord"]


def make(apps, schema_editor):
    for statement in {"sqlite": [*GONE, GATHER], "postgresql": TRUNCATE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def go_back(apps, schema_editor):
    for statement in {"sqlite": GONE, "postgresql": TRUNCATE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reader", "0025_claims_awaiting_curators")]
    operations = [
        migrations.AddField(
            model_name="searchrecord",
            name="digest",
            field=models.BigIntegerField(
                help_text="Of its words: whether those that are kept are still these.", null=True
            ),
        ),
        migrations.RunPython(make, go_back),
    ]
