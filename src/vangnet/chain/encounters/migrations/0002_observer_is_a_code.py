from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("encounters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "observer__in",
                        [
                            "",
                            "police",
                            "assistant_prosecutor",
                            "avim",
                            "kmar",
                            "security",
                            "prosecutor",
                            "rvdk",
                            "gi",
                            "veilig_thuis",
                            "school",
                            "doctor",
                            "shelter",
                            "nidos",
                            "lawyer",
                            "interpreter",
                            "municipality",
                            "bank",
                            "emm",
                        ],
                    )
                ),
                name="encounters_observation_observer_is_a_code",
            ),
        ),
    ]
