-- A partition on its way out is known by its oid, and so is its table: names may come to mean others. This
-- locks maint.detaching_partitions (ACCESS EXCLUSIVE) for an instant, and nothing else.

alter table maint.detaching_partitions add column parent_oid oid;
update maint.detaching_partitions set parent_oid = to_regclass(parent);
delete from maint.detaching_partitions where parent_oid is null;
alter table maint.detaching_partitions alter column parent_oid set not null;
