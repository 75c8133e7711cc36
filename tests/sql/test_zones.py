"""test_zones.py: days and months are UTC, wherever the server is."""

import pytest

from statements import STATEMENTS


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_months_are_utc_wherever_the_server_is(cluster, zone):
    name = cluster.fresh()
    with cluster.connect(name) as owner:
        owner.execute("""
            INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name,
                act, prev, hash, reason)
            SELECT 0, 1, n, (date_trunc('month', now() AT TIME ZONE 'UTC')
                    - interval '11 months') AT TIME ZONE 'UTC'
                + CASE WHEN n <= 3 THEN -1 ELSE 1 END * interval '1 minute',
                'mod', 'remove', '', '', CASE WHEN n <= 3 THEN 'before'
                ELSE 'within' END
            FROM generate_series(1, 6) n""")
    with cluster.connect(name, "foyer_web") as web:
        web.execute(f"SET TimeZone = '{zone}'")
        web.execute(f"PREPARE reasons AS {STATEMENTS['tally_reasons']}")
        assert [row[1:] for row in web.execute("EXECUTE reasons(1)")] == \
            [("within", 3)]
