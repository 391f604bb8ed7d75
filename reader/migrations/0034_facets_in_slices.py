"""On PostgreSQL a record says its facets once more with its slice of time: the search is made anew with them.

Its records are forgotten here; `manage.py serve` makes them when it starts, else `manage.py reindex` does.
"""

from django.db import migrations


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("TRUNCATE reader_searchrecord")


class Migration(migrations.Migration):
    dependencies = [("reader", "0033_why_pieces_stay")]
    operations = [migrations.RunPython(forget, forget)]
