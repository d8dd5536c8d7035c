-- What the soak remembers of a table: all rows that it had, which of them have to stay, and what came
-- into the archive. Rows are compared as text, and counted: of equal rows none may be missing or
-- doubled.
create schema soak;
create table soak.original (id bigint, line text not null, stays boolean not null);
create table soak.archived (line text not null);

create function soak.judge(_now text) returns table (
    foreigners bigint, staying_lost bigint, gone bigint, lost bigint, doubled bigint
)
    language plpgsql
as $$
begin
    return query execute format($query$
        with now as materialized (%s),
        gone as materialized (select line from soak.original except all select line from now)
        select
            (select count(*) from (
                select line from now except all select line from soak.original) as found),
            (select count(*) from (
                select line from soak.original where stays except all select line from now) as found),
            (select count(*) from gone),
            (select count(*) from (
                select line from gone except all select line from soak.archived) as found),
            (select count(*) from (
                select line from soak.archived except all select line from gone) as found)
    $query$, _now);
end
$$;

-- The rows of all partitions that there are still, attached or not.
create table soak.partitions (partition oid not null);

create function soak.rows_of_partitions() returns setof text
    language plpgsql
as $$
declare
    _partition regclass;
begin
    for _partition in
        select pg_class.oid from soak.partitions join pg_class on pg_class.oid = partition
    loop
        return query execute format('select t::text from only %s as t', _partition);
    end loop;
end
$$;
