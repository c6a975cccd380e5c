from django.db import migrations, models
from django.db.models import F, Q


def compared_already(apps, schema_editor):
    """What was captured before anything was watched is not compared in hindsight."""
    ended = apps.get_model("sources", "Capture").objects.filter(state__in=["done", "failed"])
    ended.update(compared_at=F("finished_at"))


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_records_and_observations_only_grow")]

    operations = [
        migrations.AddField(
            model_name="capture", name="compared_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(compared_already, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="capture",
            index=models.Index(
                fields=["id"],
                condition=Q(compared_at__isnull=True, state__in=["done", "failed"]),
                name="capture_to_compare",
            ),
        ),
    ]
