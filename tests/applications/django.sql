-- In the style of Django, with django-auditlog and bigint keys.
create table auth_user (
    id bigserial primary key, username varchar(150) not null unique, email varchar(254) not null,
    password varchar(128) not null, is_superuser boolean not null, is_staff boolean not null,
    date_joined timestamptz not null
);
create table django_content_type (id serial primary key, app_label varchar(100), model varchar(100));
create table django_migrations (id bigserial primary key, app varchar(255), name varchar(255), applied timestamptz);
create table django_session (session_key varchar(40) primary key, session_data text not null, expire_date timestamptz not null);
create table django_admin_log (
    id serial primary key, action_time timestamptz not null, object_id text, object_repr varchar(200) not null,
    action_flag smallint not null check (action_flag >= 0), change_message text not null,
    content_type_id integer references django_content_type, user_id bigint not null references auth_user
);
create table auditlog_logentry (
    id bigserial primary key, object_pk varchar(255) not null, object_id bigint, object_repr text not null,
    action smallint not null, changes jsonb, "timestamp" timestamptz not null,
    actor_id bigint references auth_user on delete set null, content_type_id integer not null references django_content_type,
    remote_addr inet
);
create table companies_company (id bigserial primary key, name varchar(200) not null, created timestamptz not null, is_active boolean not null);
create table companies_companyuser (id bigserial primary key, company_id bigint references companies_company, user_id bigint references auth_user);
create table companies_invoice (id bigserial primary key, company_id bigint references companies_company, total numeric);
create table blog_post (id bigserial primary key, title text, author_id bigint references auth_user, created timestamptz);
create table events_event (
    id bigserial primary key, title text, event_type text, created_by bigint references auth_user,
    created_at timestamptz default now(), starts_at timestamptz, location text
);
