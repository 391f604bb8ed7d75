"""PostgreSQL finds by an index what is listed with the latest day first and what has no day last, as it does on SQLite.

There an index that runs backwards begins with what has no day.
"""

from django.db import migrations

MADE = [
    "CREATE INDEX article_by_date_known ON reader_article (published DESC NULLS LAST, id DESC)",
    """
    CREATE INDEX claim_unjudged_by_deadline_known ON reader_claim (window_end DESC NULLS LAST, id DESC)
    WHERE verdict_id IS NULL
    """,
    "CREATE INDEX claim_by_deadline_known ON reader_claim (window_end DESC NULLS LAST, id DESC)",
]
GONE = ["DROP INDEX article_by_date_known, claim_unjudged_by_deadline_known, claim_by_deadline_known"]


def make(apps, schema_editor):
    for statement in MADE if schema_editor.connection.vendor == "postgresql" else []:
        schema_editor.execute(statement)


def go_back(apps, schema_editor):
    for statement in GONE if schema_editor.connection.vendor == "postgresql" else []:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reader", "0029_taking_imports_back")]
    operations = [migrations.RunPython(make, go_back)]
