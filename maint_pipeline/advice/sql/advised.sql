-- Advice that was not verified yet.

select id, kind, relation, definition, statement, saved_ms_per_hour, bytes, queries, followed_at, counted,
    extract(epoch from now() - followed_at) / 86400 as days
from maint.advice
where outcome is null
order by id
