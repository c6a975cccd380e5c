from django.db import migrations

from factcheck.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [append_only.define(), append_only.protect("audit_event")]
