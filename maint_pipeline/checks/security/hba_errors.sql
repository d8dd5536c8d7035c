-- title: pg_hba.conf has errors
-- severity: high, because the server goes on with its old rules, and does not start again with these
-- needs: pg_catalog.pg_hba_file_rules, pg_catalog.pg_hba_file_rules()
-- description: A line of pg_hba.conf can't be read. What was changed does not hold yet, whatever the file says,
--     and after a restart nobody gets in.
-- remediation: Correct the line, and reload.
-- cannot see: lines that are right and say something else than was meant.
-- scope: server

select
    error as object,
    format('Line %s of pg_hba.conf: %s.', line_number, error) as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where error is not null
