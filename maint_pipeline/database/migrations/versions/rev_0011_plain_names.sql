-- Tables and columns get the names that the field uses. Locks: ACCESS EXCLUSIVE on the two tables for an
-- instant; no row is rewritten. Runs as maint_owner.

alter table maint.restore_proofs rename to restore_tests;
alter table maint.restore_tests rename constraint restore_proofs_pkey to restore_tests_pkey;
alter sequence maint.restore_proofs_id_seq rename to restore_tests_id_seq;

comment on table maint.restore_tests is
    'Each attempt to restore a backup, and whether the backup was proven by it.';

alter table maint.notification_channels rename column gather_for to group_wait;
alter table maint.notification_channels rename column digest_from to digest_threshold;
alter table maint.notification_channels
    rename constraint notification_channels_gather_for_sane to notification_channels_group_wait_sane;
alter table maint.notification_channels
    rename constraint notification_channels_digest_from_sane to notification_channels_digest_threshold_sane;

comment on table maint.notification_channels is
    'What each channel of MAINT_NOTIFY_URLS receives; rows are added automatically. Yours to change: '
    'min_severity (null: MAINT_NOTIFY_MIN_SEVERITY), categories (none: all), quiet hours (critical '
    'alerts ignore them), group_wait (how long to collect notifications before sending), digest_threshold '
    '(how many at once become one message).';
