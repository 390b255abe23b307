"""How many encounters stand in the index, counted once now and kept from here on."""

import django.db.models.deletion
from django.db import migrations, models

COUNT = """
INSERT INTO crosscheck_tally (organisation_id, encounters)
SELECT organisation_id, COUNT(*) FROM crosscheck_features GROUP BY organisation_id
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("crosscheck", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="access.organisation",
                    ),
                ),
                ("encounters", models.IntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
