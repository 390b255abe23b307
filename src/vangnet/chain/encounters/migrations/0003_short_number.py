from django.db import migrations, models

from vangnet.chain.encounters.models import ShortNumber


class Migration(migrations.Migration):
    dependencies = [
        ("encounters", "0002_observer_is_a_code"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(models.F("organisation"), ShortNumber("id"), name="encounters_short_number"),
        ),
    ]
