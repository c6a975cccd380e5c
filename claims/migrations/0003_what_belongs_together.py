"""Records that point at each other belong together: decision and claim, version and signature, quote and source."""

from __future__ import annotations

from django.db import migrations, models

from factcheck.audit.append_only import protect, refuse_delete

ROUND = """
CREATE FUNCTION claims_round_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    outcome text[] := ARRAY['completed_at', 'abandoned_at', 'abandoned_by_id'];
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM claims_claim WHERE id = NEW.claim_id AND decision_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'claim % is decided: it is re-opened before a new round', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(NEW) - outcome IS DISTINCT FROM to_jsonb(OLD) - outcome
        OR (NEW IS DISTINCT FROM OLD AND num_nonnulls(OLD.completed_at, OLD.abandoned_at) > 0)
    ) THEN
        RAISE EXCEPTION 'round % can only end, and only once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    -- Reviews are shown from ``completed_at`` on: too early, and the rest of the reviewers are not blind.
    IF NEW.completed_at IS NOT NULL AND NEW.required_reviews > (
        SELECT count(*) FROM claims_review WHERE round_id = NEW.id AND sealed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'round % is complete when % reviews are sealed', NEW.id, NEW.required_reviews
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_round_goes_forward BEFORE INSERT OR UPDATE ON claims_round
    FOR EACH ROW EXECUTE FUNCTION claims_round_goes_forward();
"""

REVIEW = """
CREATE FUNCTION claims_review_of_its_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.round_id, NEW.reviewer_id, NEW.salt)
        IS DISTINCT FROM (OLD.round_id, OLD.reviewer_id, OLD.salt) THEN
        RAISE EXCEPTION 'review % stays in its round and with its reviewer', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.sealed_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_round
        WHERE id = NEW.round_id AND completed_at IS NULL AND abandoned_at IS NULL
    ) THEN
        RAISE EXCEPTION 'round % is over: nothing is sealed in it', NEW.round_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_review_of_its_round BEFORE INSERT OR UPDATE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_review_of_its_round();
"""

DECISION = """
CREATE FUNCTION claims_decision_of_its_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claims_round WHERE id = NEW.round_id AND completed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'round % is not complete and has no decision', NEW.round_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.method = 'agreement' AND EXISTS (
        SELECT 1 FROM claims_review
        WHERE round_id = NEW.round_id AND sealed_at IS NOT NULL AND rating_id <> NEW.rating_id
    ) THEN
        RAISE EXCEPTION 'the reviews of round % do not agree on rating %', NEW.round_id, NEW.rating_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_decision_of_its_round BEFORE INSERT ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION claims_decision_of_its_round();
"""

CLAIM = """
CREATE FUNCTION claims_claim_has_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.author_id <> OLD.author_id THEN
            RAISE EXCEPTION 'claim % keeps its author', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.decision_id IS NOT NULL AND NEW.decision_id IS DISTINCT FROM (
        SELECT d.id FROM claims_round r LEFT JOIN claims_decision d ON d.round_id = r.id
        WHERE r.claim_id = NEW.id ORDER BY r.number DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'decision % is not that of the newest round of claim %', NEW.decision_id, NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.published_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_signoff WHERE decision_id = NEW.decision_id AND signed_by_id = NEW.published_by_id
    ) THEN
        RAISE EXCEPTION 'person % did not sign decision % of claim %', NEW.published_by_id, NEW.decision_id, NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_claim_has_its_own
    BEFORE INSERT OR UPDATE OF author_id, decision_id, published_by_id ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_claim_has_its_own();
"""

SIGNATURE = """
CREATE FUNCTION claims_sign_off_of_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM claims_claim WHERE decision_id = NEW.decision_id) THEN
        RAISE EXCEPTION 'decision % does not stand and cannot be signed', NEW.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_sign_off_of_decision BEFORE INSERT ON claims_signoff
    FOR EACH ROW EXECUTE FUNCTION claims_sign_off_of_decision();

CREATE FUNCTION claims_publication_of_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_claim c JOIN claims_signoff s ON s.decision_id = c.decision_id
        WHERE c.id = NEW.claim_id AND s.id = NEW.sign_off_id
    ) THEN
        RAISE EXCEPTION 'sign-off % is not that of the decision of claim %', NEW.sign_off_id, NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_publication_of_decision BEFORE INSERT ON claims_publication
    FOR EACH ROW EXECUTE FUNCTION claims_publication_of_decision();

-- Whose signature stands takes no part afterwards either; who re-opens the claim takes the signature down first.
CREATE FUNCTION claims_signer_stays_outside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (SELECT 1 FROM claims_claim WHERE id = NEW.claim_id AND published_by_id = person) THEN
        RAISE EXCEPTION 'person % signed claim % and takes no part in it while that stands', person, NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_assignment_signer_outside BEFORE INSERT OR UPDATE ON claims_assignment
    FOR EACH ROW WHEN (NEW.part = 'researcher') EXECUTE FUNCTION claims_signer_stays_outside('person_id');
CREATE TRIGGER claims_citation_signer_outside BEFORE INSERT ON claims_citation
    FOR EACH ROW EXECUTE FUNCTION claims_signer_stays_outside('added_by_id');
CREATE TRIGGER claims_evidence_signer_outside BEFORE INSERT ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_signer_stays_outside('added_by_id');
"""

QUOTE = """
CREATE FUNCTION claims_evidence_of_citation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    withdrawal text[] := ARRAY['withdrawn_at', 'withdrawn_by_id'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - withdrawal IS DISTINCT FROM to_jsonb(OLD) - withdrawal THEN
        RAISE EXCEPTION 'evidence % is what was pinned: withdraw it and pin another', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM claims_citation c JOIN sources_snapshot s ON s.source_id = c.source_id
        WHERE c.claim_id = NEW.claim_id AND s.id = NEW.snapshot_id
    ) THEN
        RAISE EXCEPTION 'snapshot % is of no source of claim %', NEW.snapshot_id, NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_evidence_of_citation BEFORE INSERT OR UPDATE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_evidence_of_citation();
"""

UNDO = """
DROP FUNCTION claims_round_goes_forward CASCADE;
DROP FUNCTION claims_review_of_its_round CASCADE;
DROP FUNCTION claims_decision_of_its_round CASCADE;
DROP FUNCTION claims_claim_has_its_own CASCADE;
DROP FUNCTION claims_sign_off_of_decision CASCADE;
DROP FUNCTION claims_publication_of_decision CASCADE;
DROP FUNCTION claims_signer_stays_outside CASCADE;
DROP FUNCTION claims_evidence_of_citation CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_what_must_never_be")]

    operations = [
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("salt__regex", "^[0-9a-f]{64}$")), name="review_salt_has_its_length"
            ),
        ),
        migrations.RunSQL(ROUND + REVIEW + DECISION + CLAIM + SIGNATURE + QUOTE, UNDO),
        protect("claims_citation"),
        refuse_delete("claims_appearance"),
    ]
