"""Expand: an index that lists are read from, and counts of the open tickets kept by a trigger.

Safe while the old code still runs: yes; the new index does all that `ticket_open` did, and the
trigger writes only tables that nobody else writes.
Undo: migrate conversation to 0001; lists and counts go back to reading the tickets.
"""

from django.db import migrations, models

OPEN = models.Q(status__in=["acknowledged", "held", "inProgress", "pending"])

KEEP_COUNTING = """
CREATE FUNCTION ticket_count_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status IN ('acknowledged', 'inProgress', 'pending', 'held') THEN
        INSERT INTO ticket_count_step (team, status, is_taken, step)
        VALUES (coalesce(OLD.team_id, 0), OLD.status, OLD.assignee_id IS NOT NULL, -1);
    END IF;
    IF NEW.status IN ('acknowledged', 'inProgress', 'pending', 'held') THEN
        INSERT INTO ticket_count_step (team, status, is_taken, step)
        VALUES (coalesce(NEW.team_id, 0), NEW.status, NEW.assignee_id IS NOT NULL, 1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER trouble_ticket_counted_new AFTER INSERT ON trouble_ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_count_steps();
CREATE TRIGGER trouble_ticket_counted AFTER UPDATE ON trouble_ticket
    FOR EACH ROW WHEN (
        (OLD.status, OLD.team_id, OLD.assignee_id IS NULL)
        IS DISTINCT FROM (NEW.status, NEW.team_id, NEW.assignee_id IS NULL)
    ) EXECUTE FUNCTION ticket_count_steps();

INSERT INTO ticket_count (team, status, is_taken, tickets)
SELECT coalesce(team_id, 0), status, assignee_id IS NOT NULL, count(*)
FROM trouble_ticket
WHERE status IN ('acknowledged', 'inProgress', 'pending', 'held')
GROUP BY 1, 2, 3;
"""
COUNT_NO_MORE = """
DROP TRIGGER trouble_ticket_counted ON trouble_ticket;
DROP TRIGGER trouble_ticket_counted_new ON trouble_ticket;
DROP FUNCTION ticket_count_steps();
"""


class Migration(migrations.Migration):
    dependencies = [("conversation", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="TicketCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("team", models.BigIntegerField()),
                ("status", models.TextField()),
                ("is_taken", models.BooleanField()),
                ("tickets", models.BigIntegerField()),
            ],
            options={"db_table": "ticket_count"},
        ),
        migrations.AddConstraint(
            model_name="ticketcount",
            constraint=models.UniqueConstraint(
                fields=("team", "status", "is_taken"), name="ticket_count_once"
            ),
        ),
        migrations.CreateModel(
            name="TicketCountStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("team", models.BigIntegerField()),
                ("status", models.TextField()),
                ("is_taken", models.BooleanField()),
                ("step", models.SmallIntegerField()),
            ],
            options={"db_table": "ticket_count_step"},
        ),
        migrations.AddIndex(
            model_name="troubleticket",
            index=models.Index(
                condition=OPEN,
                fields=["id"],
                include=(
                    "status",
                    "team",
                    "assignee",
                    "priority",
                    "ticket_type",
                    "topic",
                    "channel",
                    "customer",
                    "waiting_for",
                ),
                name="ticket_open_facts",
            ),
        ),
        migrations.RemoveIndex(model_name="troubleticket", name="ticket_open"),
        migrations.RunSQL(KEEP_COUNTING, COUNT_NO_MORE),
    ]
