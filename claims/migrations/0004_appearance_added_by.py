import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The log knows who noted it; the first one came in with the claim, from its author.
FROM_THE_LOG = """
UPDATE claims_appearance SET added_by_id = COALESCE(
    (SELECT e.actor_id FROM audit_event e
     WHERE e.subject = 'claim:' || claims_appearance.claim_id AND e.type = 'claim.appearance_added'
       AND (e.data ->> 'appearance')::bigint = claims_appearance.id),
    (SELECT c.author_id FROM claims_claim c WHERE c.id = claims_appearance.claim_id)
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_what_belongs_together"),
        ("audit", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="appearance",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(FROM_THE_LOG, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="appearance",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
