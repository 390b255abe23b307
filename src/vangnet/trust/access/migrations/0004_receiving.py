"""For which children an organisation has a place; one without any receives nobody."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_password_for_once_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receiving",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=30)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receiving",
                        to="access.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="access_receiving_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                ["crisis_foster_care", "guardianship", "protected_shelter", "voluntary_place"],
                            )
                        ),
                        name="access_receiving_code",
                    ),
                ],
            },
        ),
    ]
