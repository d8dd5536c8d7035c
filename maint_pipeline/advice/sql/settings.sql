-- What the planner goes by, as the server has it: the database's and the roles' own settings are apart.

select name, reset_val as value
from pg_settings
where category like 'Query Tuning%'
    or name in ('work_mem', 'hash_mem_multiplier', 'max_parallel_workers_per_gather', 'datestyle', 'intervalstyle',
        'timezone', 'standard_conforming_strings', 'search_path')
