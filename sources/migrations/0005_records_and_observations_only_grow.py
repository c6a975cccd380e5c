from django.db import migrations

from factcheck.audit.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_records_hosts_and_watches")]

    operations = [protect("sources_record"), protect("sources_observation")]
