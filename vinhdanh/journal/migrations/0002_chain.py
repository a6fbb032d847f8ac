from django.db import migrations, models
from django.db.models.functions import Now

# The bytes of a line that its link vouches for. Times in UTC, so that no session setting matters;
# an array in JSON, so that no two lines run together to the same bytes.
LINE_BYTES = """
CREATE FUNCTION journal_line_bytes(line journal_line) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT convert_to(jsonb_build_array(
        line.id,
        to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        line.actor_id,
        line.actor_name,
        line.whence,
        line.deed,
        line.thing_kind,
        line.thing_id,
        line.thing_name,
        line.detail
    )::text, 'UTF8')
$$;

CREATE FUNCTION journal_link_digest(previous bytea, number bigint, line journal_line)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || int8send(number) || journal_line_bytes(line))
$$;
"""

# Runs once per line when its transaction commits. The lock is held only from here to the end of
# the commit, and it is the last that a transaction takes, so no two can wait for each other.
FORGE = """
CREATE FUNCTION journal_forge_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_number bigint;
    last_digest bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(1785687666, 1);
    SELECT number, digest INTO last_number, last_digest
        FROM journal_link ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        last_number := 0;
        last_digest := decode(repeat('00', 32), 'hex');
    END IF;
    INSERT INTO journal_link (number, line_id, previous, digest) VALUES (
        last_number + 1,
        NEW.id,
        last_digest,
        journal_link_digest(last_digest, last_number + 1, NEW)
    );
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER journal_forge AFTER INSERT ON journal_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_forge_link();
"""

PROTECT = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is never changed: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER journal_protect BEFORE UPDATE OR DELETE ON journal_line
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_protect BEFORE UPDATE OR DELETE ON journal_link
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_protect_whole BEFORE TRUNCATE ON journal_line
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_protect_whole BEFORE TRUNCATE ON journal_link
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

ALTER TABLE journal_line ENABLE ALWAYS TRIGGER journal_protect;
ALTER TABLE journal_line ENABLE ALWAYS TRIGGER journal_protect_whole;
ALTER TABLE journal_link ENABLE ALWAYS TRIGGER journal_protect;
ALTER TABLE journal_link ENABLE ALWAYS TRIGGER journal_protect_whole;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AlterField("line", "at", models.DateTimeField(db_default=Now(), editable=False)),
        migrations.RunSQL(
            LINE_BYTES,
            "DROP FUNCTION journal_link_digest(bytea, bigint, journal_line);"
            "DROP FUNCTION journal_line_bytes(journal_line);",
        ),
        migrations.RunSQL(
            FORGE,
            "DROP TRIGGER journal_forge ON journal_line; DROP FUNCTION journal_forge_link();",
        ),
        migrations.RunSQL(
            PROTECT,
            "DROP TRIGGER journal_protect ON journal_line;"
            "DROP TRIGGER journal_protect ON journal_link;"
            "DROP TRIGGER journal_protect_whole ON journal_line;"
            "DROP TRIGGER journal_protect_whole ON journal_link;"
            "DROP FUNCTION journal_refuse_change();",
        ),
    ]
