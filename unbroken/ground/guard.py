"""The database's own guards, as migration operations.

`guard("ticket", table)` refuses, at commit, any insert or update of a guarded row
whose version has no event of this very transaction, and every delete. `guard_child`
does the same for rows that carry their event. Both accept the mark that only
`ground.writers` sets, and only together with its event in stream `house`.

`unhurried` is for what a migration builds while everybody works on.
"""

from django.db import migrations
from django.db.migrations.operations.base import Operation

FUNCTIONS = """
ALTER TABLE ground_event ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE FUNCTION ground_marked() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE mark text := current_setting('unbroken.mark', true);
BEGIN
    IF mark IS NULL OR mark = '' THEN RETURN false; END IF;
    RETURN EXISTS (SELECT 1 FROM ground_event
                   WHERE stream = 'house' AND version = mark::int
                     AND xact = pg_current_xact_id());
END $$;

CREATE FUNCTION ground_check_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF ground_marked() THEN RETURN NULL; END IF;
        RAISE EXCEPTION '% is part of the record: a row is never deleted (row %)',
            TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' OR NEW.version > OLD.version THEN
        IF EXISTS (SELECT 1 FROM ground_event
                   WHERE stream = TG_ARGV[0] || ':' || NEW.id AND version = NEW.version
                     AND xact = pg_current_xact_id()) THEN
            RETURN NULL;
        END IF;
    END IF;
    IF ground_marked() THEN RETURN NULL; END IF;
    RAISE EXCEPTION '% % changed without an event of its own: write through ground.change',
        TG_TABLE_NAME, NEW.id USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ground_check_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF ground_marked() THEN RETURN NULL; END IF;
        RAISE EXCEPTION '% is part of the record: a row is never deleted (row %)',
            TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM ground_event
               WHERE stream = NEW.stream AND version = NEW.version
                 AND xact = pg_current_xact_id()) THEN
        RETURN NULL;
    END IF;
    IF ground_marked() THEN RETURN NULL; END IF;
    RAISE EXCEPTION '% % written without its event: add it inside ground.change',
        TG_TABLE_NAME, NEW.id USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ground_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is never rewritten'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ground_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('unbroken.test', true) = 'on' THEN RETURN NULL; END IF;
    RAISE EXCEPTION '% is part of the record: it is never truncated', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER ground_event_kept BEFORE UPDATE OR DELETE ON ground_event
    FOR EACH ROW EXECUTE FUNCTION ground_refuse_rewriting();
CREATE TRIGGER ground_event_whole BEFORE TRUNCATE ON ground_event
    FOR EACH STATEMENT EXECUTE FUNCTION ground_refuse_truncate();
"""

NO_FUNCTIONS = """
DROP TRIGGER ground_event_whole ON ground_event;
DROP TRIGGER ground_event_kept ON ground_event;
DROP FUNCTION ground_refuse_truncate();
DROP FUNCTION ground_refuse_rewriting();
DROP FUNCTION ground_check_child();
DROP FUNCTION ground_check_guarded();
DROP FUNCTION ground_marked();
ALTER TABLE ground_event DROP COLUMN xact;
"""

_TRIGGERS = """
CREATE CONSTRAINT TRIGGER {table}_guarded AFTER INSERT OR UPDATE OR DELETE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function};
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ground_refuse_truncate();
"""
_NO_TRIGGERS = """
DROP TRIGGER {table}_whole ON {table};
DROP TRIGGER {table}_guarded ON {table};
"""


def functions() -> migrations.RunSQL:
    """The trigger functions; once, in the ground's first migration."""
    return migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)


def guard(stream: str, table: str) -> migrations.RunSQL:
    """Guard a table of rows that have streams of their own (`Guarded`)."""
    function = f"ground_check_guarded('{stream}')"
    return migrations.RunSQL(
        _TRIGGERS.format(table=table, function=function), _NO_TRIGGERS.format(table=table)
    )


def guard_child(table: str) -> migrations.RunSQL:
    """Guard a table of rows that belong to a guarded one (`GuardedChild`)."""
    return migrations.RunSQL(
        _TRIGGERS.format(table=table, function="ground_check_child()"),
        _NO_TRIGGERS.format(table=table),
    )


# How long a statement may run is whoever upgrades to say: a new desk has no limit at all.
PATIENCE = (
    "SELECT set_config('unbroken.patience', current_setting('statement_timeout'), false)",
    "SET statement_timeout = 0",
)
AS_BEFORE = ("SELECT set_config('statement_timeout', current_setting('unbroken.patience'), false)",)


def unhurried(*operations: Operation) -> list[Operation]:
    """What may take as long as it takes, since nobody waits for it; outside a transaction."""
    return [
        migrations.RunSQL(PATIENCE, AS_BEFORE),
        *operations,
        migrations.RunSQL(AS_BEFORE, PATIENCE),
    ]
