-- What the checks of behaviour remember of each user's rhythm. Locks: none on tables of the application.
-- Runs as maint_owner.

-- changes: what is no reading, exporting, creating or deleting; where the log has no actions, everything.
alter table maint.activity_hours
    add column reads integer not null default 0,
    add column creations integer not null default 0,
    add column deletions integer not null default 0,
    add column changes integer not null
        generated always as (greatest(0, actions - exports - reads - creations - deletions)) stored;

-- user: since when they are known. network and program: from where and with what they work, coarsely.
-- kind: what they do, as entity and action.
alter table maint.known_traits
    drop constraint known_traits_trait_known,
    add constraint known_traits_trait_known check (trait in ('address', 'agent', 'tax_reader',
        'administrator', 'user', 'network', 'program', 'kind'));

create index known_traits_first_seen_at_idx on maint.known_traits (first_seen_at);
create index known_traits_last_seen_at_idx on maint.known_traits (last_seen_at)
    where trait in ('network', 'program', 'kind');
create index known_traits_network_idx on maint.known_traits (value, first_seen_at)
    where trait = 'network';

-- learned_at: when the weeks before were learnt; null where they have to be. recounts: hours of a day and of a
-- week ago with the rows that they have now. counted_before: what was counted so by earlier runs.
alter table maint.observations
    add column learned_at timestamptz,
    add column recounts jsonb not null default '{}',
    add column counted_before jsonb not null default '{}';
