"""The rules that no CHECK can word, as triggers: a bug in a view cannot get round them."""

from __future__ import annotations

from django.db import migrations

from factcheck.audit.append_only import protect, refuse_delete

QUOTE = """
CREATE FUNCTION claims_quote_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.claim_id, NEW.snapshot_id, NEW.exact, NEW.start, NEW."end", NEW.stance)
        IS DISTINCT FROM (OLD.claim_id, OLD.snapshot_id, OLD.exact, OLD.start, OLD."end", OLD.stance) THEN
        RAISE EXCEPTION 'evidence % is what was pinned: withdraw it and pin another', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM sources_snapshot
        WHERE id = NEW.snapshot_id AND substr(text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact
    ) THEN
        RAISE EXCEPTION 'the quote does not stand at %-% of snapshot %', NEW.start, NEW."end", NEW.snapshot_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_quote_stands BEFORE INSERT OR UPDATE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_quote_stands();
"""

SEAL = """
CREATE FUNCTION claims_sealed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'review % is sealed: % is refused', OLD.id, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER claims_sealed_stays BEFORE UPDATE OR DELETE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_sealed_stays();
"""

SCALE = """
CREATE FUNCTION claims_rating_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rating_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_rating r JOIN claims_round o ON o.scale_id = r.scale_id
        WHERE r.id = NEW.rating_id AND o.id = NEW.round_id
    ) THEN
        RAISE EXCEPTION 'rating % is not on the scale of round %', NEW.rating_id, NEW.round_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_review_rating_fits BEFORE INSERT OR UPDATE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_rating_fits();
CREATE TRIGGER claims_decision_rating_fits BEFORE INSERT ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION claims_rating_fits();
"""

BLIND = """
CREATE FUNCTION claims_judge_is_not_author() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judge bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_round r JOIN claims_claim c ON c.id = r.claim_id
        WHERE r.id = NEW.round_id AND c.author_id = judge
    ) THEN
        RAISE EXCEPTION 'person % wrote the claim and cannot judge it', judge USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_review_not_by_author BEFORE INSERT ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_judge_is_not_author('reviewer_id');
CREATE TRIGGER claims_decision_not_by_author BEFORE INSERT ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION claims_judge_is_not_author('decided_by_id');

CREATE FUNCTION claims_adjudicator_is_third() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_review
        WHERE round_id = NEW.round_id AND reviewer_id = NEW.decided_by_id AND sealed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'person % reviewed in this round and cannot adjudicate it', NEW.decided_by_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_adjudicator_is_third BEFORE INSERT ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION claims_adjudicator_is_third();
"""

SIGNER = """
CREATE FUNCTION claims_took_part(the_claim bigint, person bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM claims_claim WHERE id = the_claim AND author_id = person)
        OR EXISTS (SELECT 1 FROM claims_assignment
                   WHERE claim_id = the_claim AND person_id = person AND part = 'researcher')
        OR EXISTS (SELECT 1 FROM claims_citation WHERE claim_id = the_claim AND added_by_id = person)
        OR EXISTS (SELECT 1 FROM claims_evidence WHERE claim_id = the_claim AND added_by_id = person)
        OR EXISTS (SELECT 1 FROM claims_review v JOIN claims_round r ON r.id = v.round_id
                   WHERE r.claim_id = the_claim AND v.reviewer_id = person AND v.sealed_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM claims_decision d JOIN claims_round r ON r.id = d.round_id
                   WHERE r.claim_id = the_claim AND d.decided_by_id = person)
$$;

CREATE FUNCTION claims_refuse_part(the_claim bigint, person bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF claims_took_part(the_claim, person) THEN
        RAISE EXCEPTION 'person % took part in the work on claim % and cannot sign it', person, the_claim
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION claims_sign_off_by_outsider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse_part(r.claim_id, NEW.signed_by_id)
        FROM claims_decision d JOIN claims_round r ON r.id = d.round_id WHERE d.id = NEW.decision_id;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_sign_off_by_outsider BEFORE INSERT ON claims_signoff
    FOR EACH ROW EXECUTE FUNCTION claims_sign_off_by_outsider();

CREATE FUNCTION claims_published_by_outsider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse_part((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, NEW.published_by_id);
    RETURN NEW;
END $$;
CREATE TRIGGER claims_publication_by_outsider BEFORE INSERT ON claims_publication
    FOR EACH ROW EXECUTE FUNCTION claims_published_by_outsider('claim_id');
CREATE TRIGGER claims_claim_by_outsider BEFORE UPDATE OF published_by_id ON claims_claim
    FOR EACH ROW WHEN (NEW.published_by_id IS NOT NULL) EXECUTE FUNCTION claims_published_by_outsider('id');
"""

UNDO = """
DROP FUNCTION claims_quote_stands CASCADE;
DROP FUNCTION claims_sealed_stays CASCADE;
DROP FUNCTION claims_rating_fits CASCADE;
DROP FUNCTION claims_judge_is_not_author CASCADE;
DROP FUNCTION claims_adjudicator_is_third CASCADE;
DROP FUNCTION claims_sign_off_by_outsider CASCADE;
DROP FUNCTION claims_published_by_outsider CASCADE;
DROP FUNCTION claims_refuse_part CASCADE;
DROP FUNCTION claims_took_part CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("sources", "0002_only_grows"), ("audit", "0002_only_grows")]

    operations = [
        migrations.RunSQL(QUOTE + SEAL + SCALE + BLIND + SIGNER, UNDO),
        protect("claims_scale"),
        protect("claims_rating"),
        protect("claims_decision"),
        protect("claims_signoff"),
        protect("claims_publication"),
        protect("claims_factsheetversion"),
        protect("claims_comment"),
        refuse_delete("claims_claim"),
        refuse_delete("claims_evidence"),
        refuse_delete("claims_round"),
    ]
