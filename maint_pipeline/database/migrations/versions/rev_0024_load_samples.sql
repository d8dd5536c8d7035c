-- How busy the server is, in each quarter of an hour: the sensor writes it. Locks: none on tables of the application.
-- Runs as maint_owner.

-- active_seconds: how long sessions of all databases worked in these seconds. own_seconds: how long ours did.
create table maint.load_samples (
    at timestamptz constraint load_samples_pkey primary key,
    seconds double precision not null constraint load_samples_seconds_sane check (seconds > 0),
    active_seconds double precision not null,
    own_seconds double precision not null
);
