"""How the database and its server are doing, as far as SQL alone can't say.

The checks are in checks/health/, what they compare with in database/sql/67_health_samples.sql,
sessions in 68_sessions.sql.
"""
