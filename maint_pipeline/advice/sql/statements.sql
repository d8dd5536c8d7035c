-- What pg_stat_statements knows of this database, the most time first.

select queryid::text as id, query, pg_get_userbyid(userid) as role, sum(calls)::bigint as calls,
    sum(total_exec_time) as milliseconds, sum(rows)::bigint as rows
from {view}
where dbid = (select oid from pg_database where datname = current_database()) and toplevel
group by queryid, query, userid
order by sum(total_exec_time) desc
limit %(most)s
