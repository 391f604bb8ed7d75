import django.db.models.deletion
from django.db import migrations, models


def were_sent_at_once(apps, schema_editor):
    """Until now a letter was sent in the request that made it."""
    invitations = apps.get_model("reader", "Invitation").objects.exclude(email="")
    invitations.update(sent_at=models.F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0003_reading_together'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_is_about_one_thing',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='address',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='team',
        ),
        migrations.AddField(
            model_name='invitation',
            name='sent_at',
            field=models.DateTimeField(blank=True, help_text='When whoever it is for was told of it; a link is told by its maker.', null=True),
        ),
        migrations.RunPython(were_sent_at_once, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name='notice',
            name='invitation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='reader.invitation'),
        ),
        migrations.AlterField(
            model_name='tally',
            name='deed',
            field=models.CharField(choices=[('note', 'notes'), ('mark', 'marks'), ('upload', 'pieces'), ('export', 'exports'), ('letter', 'invitations by mail')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', True), ('invitation__isnull', True), ('note__isnull', False)), models.Q(('claim__isnull', False), ('invitation__isnull', True), ('note__isnull', True)), models.Q(('claim__isnull', True), ('invitation__isnull', False), ('note__isnull', True)), _connector='OR'), name='notice_is_about_one_thing'),
        ),
    ]
