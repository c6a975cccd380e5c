from django.db import migrations

# A row that forgot to say so would make somebody's file look like what a server sent.
SAYS_SO = """
CREATE FUNCTION sources_supplied_copy_says_so() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sources_capture WHERE id = NEW.capture_id AND supplied_as = NEW.supplied_as
        AND (supplied_as = '' OR requested_by_id = NEW.supplied_by_id)
    ) THEN
        RAISE EXCEPTION 'capture %: its snapshot says who supplied it as which file if somebody did, and only then',
            NEW.capture_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sources_supplied_copy_says_so BEFORE INSERT ON sources_snapshot
    FOR EACH ROW EXECUTE FUNCTION sources_supplied_copy_says_so();
CREATE FUNCTION sources_supplied_capture_stays_so() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'capture %: whether it is a file that somebody supplied never changes', NEW.id
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER sources_supplied_capture_stays_so BEFORE UPDATE ON sources_capture FOR EACH ROW
    WHEN ((OLD.supplied_as, OLD.supplied_sha256) <> (NEW.supplied_as, NEW.supplied_sha256)
        OR (OLD.supplied_as <> '' AND OLD.requested_by_id IS DISTINCT FROM NEW.requested_by_id))
    EXECUTE FUNCTION sources_supplied_capture_stays_so();
"""
UNDONE = "DROP FUNCTION sources_supplied_copy_says_so CASCADE; DROP FUNCTION sources_supplied_capture_stays_so CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("sources", "0009_copies_supplied")]

    operations = [migrations.RunSQL(SAYS_SO, UNDONE)]
