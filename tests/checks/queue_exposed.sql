-- harmless
create schema pgmq;
create schema pgmq_public;
create table pgmq.q_mails (msg_id bigint primary key);
grant usage on schema pgmq to authenticated;
grant select on pgmq.q_mails to authenticated;
-- problem: pgmq.q_mails
update maint.settings set value = 'public,pgmq_public' where name = 'exposed_schemas';
-- repair: fix
