"""Two neighbouring words are one word more, and first letters another: the search is made anew with them.

Its records are forgotten here; `manage.py serve` makes them when it starts, else `manage.py reindex` does.
The indexes are for the pages of those of whom there is much.
"""

from django.db import migrations, models

FORGET = "DELETE FROM reader_searchrecord"
TRIGGER = """
    CREATE TRIGGER reader_searchwords_go AFTER DELETE ON reader_searchrecord
    BEGIN DELETE FROM reader_searchwords WHERE rowid = old.id; END
"""
GONE = ["DROP TRIGGER reader_searchwords_go", "DROP TABLE reader_searchwords", FORGET]
SQLITE = [
    *GONE,
    """
    CREATE VIRTUAL TABLE reader_searchwords USING fts5(
        title, body, facets, tokenize = "ascii tokenchars '_*'", columnsize = 0
    )
    """,
    TRIGGER,
]
BACK = [
    *GONE,
    """
    CREATE VIRTUAL TABLE reader_searchwords USING fts5(
        title, body, facets, tokenize = 'ascii', prefix = '2 3', columnsize = 0
    )
    """,
    TRIGGER,
]
POSTGRESQL = ["TRUNCATE reader_searchrecord"]


def make(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def go_back(apps, schema_editor):
    for statement in {"sqlite": BACK, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reader", "0023_images")]
    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["publication", "-added_at", "-id"], name="article_of_publication"),
        ),
        migrations.AddIndex(
            model_name="highlight",
            index=models.Index(
                condition=models.Q(deleted_at=None, kind="prediction"),
                fields=["article", "visibility"],
                name="prediction_by_article",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["speaker", "claim"], name="statement_by_speaker"),
        ),
        migrations.RunPython(make, go_back),
    ]
