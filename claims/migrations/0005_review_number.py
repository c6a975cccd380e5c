import claims.models.review
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_appearance_added_by")]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="id",
            field=models.BigIntegerField(
                default=claims.models.review.unguessable, editable=False, primary_key=True, serialize=False
            ),
        ),
    ]
