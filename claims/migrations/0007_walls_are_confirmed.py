from django.db import migrations

from factcheck.audit.append_only import refuse_delete

CONFIRMED = """
CREATE FUNCTION claims_wall_is_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.despite_wall IS DISTINCT FROM (SELECT wall <> '' FROM sources_snapshot WHERE id = NEW.snapshot_id) THEN
        RAISE EXCEPTION 'snapshot % seems to show a wall: a quote from it needs somebody who confirms it, and only such '
            'a quote has that', NEW.snapshot_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_wall_is_confirmed BEFORE INSERT OR UPDATE OF snapshot_id, despite_wall ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_wall_is_confirmed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_evidence_despite_walls_and_changes"),
        ("sources", "0005_records_and_observations_only_grow"),
    ]

    operations = [
        migrations.RunSQL(CONFIRMED, "DROP FUNCTION claims_wall_is_confirmed CASCADE"),
        refuse_delete("claims_evidencechange"),
    ]
