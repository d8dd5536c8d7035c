-- In the style of Rails, with audited, paper_trail and bigint keys.
create table schema_migrations (version varchar primary key);
create table ar_internal_metadata (key varchar primary key, value varchar);
create table organizations (id bigserial primary key, name varchar not null, discarded_at timestamp(6), created_at timestamp(6) not null, updated_at timestamp(6) not null);
create table users (
    id bigserial primary key, email varchar not null, encrypted_password varchar not null, full_name varchar,
    admin boolean default false not null, created_at timestamp(6) not null, updated_at timestamp(6) not null
);
create table memberships (id bigserial primary key, organization_id bigint references organizations, user_id bigint references users, role integer default 0);
create table projects (id bigserial primary key, organization_id bigint references organizations, name varchar);
create table audits (
    id bigserial primary key, auditable_id bigint, auditable_type varchar, associated_id bigint, associated_type varchar,
    user_id bigint, user_type varchar, username varchar, action varchar, audited_changes jsonb, version integer default 0,
    comment varchar, remote_address varchar, request_uuid varchar, created_at timestamp(6)
);
create index on audits (created_at);
create table versions (
    id bigserial primary key, item_type varchar not null, item_id bigint not null, event varchar not null,
    whodunnit varchar, object jsonb, created_at timestamp(6)
);
create table messages (id bigserial primary key, user_id bigint references users, body text, created_at timestamp(6));
create table login_activities (
    id bigserial primary key, user_id bigint references users, strategy varchar, ip varchar, user_agent text,
    success boolean, created_at timestamp(6)
);
