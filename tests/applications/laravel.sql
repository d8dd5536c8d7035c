-- In the style of Laravel, with spatie's activity log, permissions and backups of their own.
create table migrations (id serial primary key, migration varchar(255), batch integer);
create table tenants (id varchar(255) primary key, name varchar(255), data json, created_at timestamp(0), deleted_at timestamp(0));
create table users (
    id bigserial primary key, tenant_id varchar(255) references tenants, name varchar(255) not null, email varchar(255) not null unique,
    password varchar(255) not null, remember_token varchar(100), created_at timestamp(0), updated_at timestamp(0)
);
create table activity_log (
    id bigserial primary key, log_name varchar(255), description text not null, subject_type varchar(255), event varchar(255),
    subject_id bigint, causer_type varchar(255), causer_id bigint, properties json, batch_uuid uuid,
    created_at timestamp(0), updated_at timestamp(0)
);
create table roles (id bigserial primary key, name varchar(255) not null, guard_name varchar(255) not null);
create table role_user (user_id bigint not null references users, role_id bigint not null references roles, primary key (user_id, role_id));
create table backups (
    id bigserial primary key, tenant_id varchar(255) references tenants, status varchar(20) not null, path varchar(255),
    started_at timestamp(0) not null, completed_at timestamp(0), error text
);
create table failed_jobs (id bigserial primary key, uuid varchar(255), payload text, exception text, failed_at timestamp(0) default now());
create table jobs (id bigserial primary key, queue varchar(255), payload text, attempts smallint, created_at integer);
