"""A password that an administrator gave lasts three days; one that was given before this lasts three days from now."""

from __future__ import annotations

from datetime import timedelta

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone


def _three_days_from_now(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    waiting = apps.get_model("access", "Person").objects.filter(must_change_password=True)
    waiting.update(once_until=timezone.now() + timedelta(hours=72))


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_own_password"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="once_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(_three_days_from_now, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="person",
            name="must_change_password",
        ),
    ]
