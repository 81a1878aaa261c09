"""Expand: an objective may be for one topic; what a promise depends on counts topics too.

Safe while old code runs: yes, the column has a default and old code promises to every topic; what
is promised to one topic only it takes for a second promise to all, until it is gone.
Undo: give up the objectives of topics, then migrate promise to 0003.
"""

from django.db import migrations, models

# Topics are never deleted and each change raises a version: their sum tells two states apart.
STAMP = """
CREATE OR REPLACE FUNCTION promise_stamp() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws('/',
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM agreement),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id)
         FROM working_calendar),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM holiday_set),
        (SELECT concat_ws('.', count(*), sum(version)) FROM topic));
END $$
"""
STAMP_BEFORE = """
CREATE OR REPLACE FUNCTION promise_stamp() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws('/',
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM agreement),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id)
         FROM working_calendar),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM holiday_set));
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0003_consequences_and_credits"),
    ]

    operations = [
        migrations.AddField(
            model_name="objective",
            name="topic",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.RemoveConstraint(model_name="objective", name="objective_once"),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.UniqueConstraint(
                fields=("agreement", "measure", "ticket_type", "topic"), name="objective_once"
            ),
        ),
        migrations.RunSQL(STAMP, STAMP_BEFORE),
    ]
