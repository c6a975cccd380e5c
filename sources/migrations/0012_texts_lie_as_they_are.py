from django.db import migrations

# PostgreSQL would press both texts of each page together, which takes longer than all else that it does for a capture.
# They are in the WARC file as well, and pressed there.
TEXTS = ("text", "body")


def stored(how: str) -> str:
    return "; ".join(f"ALTER TABLE sources_snapshot ALTER COLUMN {name} SET STORAGE {how}" for name in TEXTS)


class Migration(migrations.Migration):
    dependencies = [("sources", "0011_what_was_not_read_whole")]

    operations = [migrations.RunSQL(stored("EXTERNAL"), stored("EXTENDED"))]
