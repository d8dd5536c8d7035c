-- What storage costs by the rules of providers, and which disk is filled. Locks: none on tables of the application.
-- Runs as maint_owner.

-- billed: by the disk that was provisioned, or by what is used. unit_bytes: what the provider calls a GB; prices are
-- for one of them and a month. included_units: free of charge. least_units: the smallest disk. A disk grows by
-- step_units or step_percent of itself, whichever is more, once grows_at_percent of it is used (null: by hand).
-- backup_included_percent: of the disk, so much backup is free. pitr_prices: a month, by days of recovery.
create table maint.storage_prices (
    name text constraint storage_prices_pkey primary key,
    provider text not null,
    currency text not null default 'USD',
    billed text not null constraint storage_prices_billed_known check (billed in ('provisioned', 'used')),
    unit_bytes bigint not null constraint storage_prices_unit_sane check (unit_bytes >= 1000000),
    unit_price numeric not null constraint storage_prices_price_sane check (unit_price >= 0),
    included_units numeric not null default 0 constraint storage_prices_included_sane check (included_units >= 0),
    least_units numeric not null default 0 constraint storage_prices_least_sane check (least_units >= 0),
    step_units numeric not null default 1 constraint storage_prices_step_sane check (step_units > 0),
    step_percent numeric not null default 0 constraint storage_prices_percent_sane check (step_percent >= 0),
    grows_at_percent numeric constraint storage_prices_growth_sane check (grows_at_percent between 1 and 100),
    backup_price numeric constraint storage_prices_backup_sane check (backup_price >= 0),
    backup_included_percent numeric not null default 0
        constraint storage_prices_backup_included_sane check (backup_included_percent >= 0),
    history_price numeric constraint storage_prices_history_sane check (history_price >= 0),
    pitr_prices jsonb not null default '{}'
        constraint storage_prices_pitr_sane check (jsonb_typeof(pitr_prices) = 'object'),
    as_of date not null,
    source text not null
);
comment on table maint.storage_prices is
    'What storage costs a month, by the rules of a provider: as_of and source say when and where each price was '
    'found. Nothing fetches them: correct them, or add your own.';

insert into maint.storage_prices (
    name, provider, billed, unit_bytes, unit_price, included_units, least_units, step_units, step_percent,
    grows_at_percent, backup_price, backup_included_percent, history_price, pitr_prices, as_of, source)
values
    ('rds-gp3', 'Amazon RDS, gp3, one zone', 'provisioned', 1073741824, 0.115, 0, 20, 10, 10, 90,
        0.095, 100, null, '{}', '2026-11-28',
        'aws.amazon.com/rds/postgresql/pricing, us-east-1, at second hand; growth with storage autoscaling on'),
    ('rds-gp3-multi-az', 'Amazon RDS, gp3, two zones', 'provisioned', 1073741824, 0.23, 0, 20, 10, 10, 90,
        0.095, 100, null, '{}', '2026-11-28',
        'aws.amazon.com/rds/postgresql/pricing, us-east-1, at second hand; growth with storage autoscaling on'),
    ('supabase', 'Supabase, Pro and Team, gp3', 'provisioned', 1073741824, 0.125, 8, 8, 1, 50, 90,
        null, 0, null, '{"7": 100, "14": 200, "28": 400}', '2026-11-28',
        'supabase.com/pricing and docs/guides/platform/database-size, at second hand'),
    ('neon', 'Neon, pay for use', 'used', 1000000000, 0.35, 0, 0, 1, 0, null,
        null, 0, 0.20, '{}', '2026-11-28',
        'neon.com/pricing, at second hand');

-- The disk of this database's server, and what it is paid by. Null: nobody said.
-- other_bytes: of the disk, what is neither a database nor WAL, such as logs and the operating system.
create table maint.storage_plan (
    name text default 'disk' constraint storage_plan_pkey primary key
        constraint storage_plan_single check (name = 'disk'),
    price_name text constraint storage_plan_price_fkey
        references maint.storage_prices (name) on update cascade on delete set null,
    disk_bytes bigint constraint storage_plan_disk_sane check (disk_bytes > 0),
    other_bytes bigint not null default 0 constraint storage_plan_other_sane check (other_bytes >= 0),
    backup_bytes bigint constraint storage_plan_backup_sane check (backup_bytes >= 0),
    history_bytes bigint constraint storage_plan_history_sane check (history_bytes >= 0),
    pitr_days integer constraint storage_plan_pitr_sane check (pitr_days > 0)
);
insert into maint.storage_plan default values;
