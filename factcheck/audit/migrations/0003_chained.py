from django.db import migrations

# A second writer, or a mistake in the only one, would fork a chain or store a hash that is none: found by the
# next verification, and then never to be mended.
CHAINED = """
CREATE FUNCTION audit_event_is_chained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hash <> encode(sha256(convert_to(NEW.leaf, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'event % of % does not have the hash of its leaf', NEW.seq, NEW.subject
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.seq > 1 AND NOT EXISTS (
        SELECT 1 FROM audit_event WHERE subject = NEW.subject AND seq = NEW.seq - 1 AND hash = NEW.prev
    ) THEN
        RAISE EXCEPTION 'event % of % does not follow the one before it', NEW.seq, NEW.subject
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_is_chained BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_chained();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_only_grows")]

    operations = [migrations.RunSQL(CHAINED, "DROP FUNCTION audit_event_is_chained CASCADE")]
