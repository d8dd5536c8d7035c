-- What the checks of policies know of conditions that they have read before. Locks: none on tables of the application.
-- Runs as maint_owner.

-- Who passes a condition is computed once for each text; emptied by each migration, whose rules may be others.
create table maint.judged_conditions (
    text_sha256 bytea not null,
    is_signed_in boolean not null,
    passers text not null,
    constraint judged_conditions_pkey primary key (text_sha256, is_signed_in)
);
