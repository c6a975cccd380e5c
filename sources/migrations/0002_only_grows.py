from django.db import migrations

from factcheck.audit.append_only import protect, refuse_delete


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("audit", "0002_only_grows")]

    operations = [
        protect("sources_snapshot"),
        refuse_delete("sources_source"),
        refuse_delete("sources_capture"),
    ]
