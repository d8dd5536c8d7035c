-- Remember a proposal; one that was made before keeps its first day, and gets today's figures until it is followed.

insert into maint.advice as known (
    kind, relation, definition, statement, saved_ms_per_hour, bytes, confidence, queries)
values (
    %(kind)s, %(relation)s, %(definition)s, %(statement)s, %(saved_ms_per_hour)s, %(bytes)s, %(confidence)s,
    %(queries)s::jsonb)
on conflict (kind, relation, definition) do update
    set last_advised_at = now(), statement = excluded.statement, saved_ms_per_hour = excluded.saved_ms_per_hour,
        bytes = excluded.bytes, confidence = excluded.confidence, queries = excluded.queries,
        -- Advised again: it was undone.
        followed_at = null, counted = null, verified_at = null, outcome = null, outcome_reason = null
