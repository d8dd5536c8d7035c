-- The planner's statistics that the connecting role may see, values as text.

select schemaname as schema, tablename as name, attname as column, inherited, null_frac, avg_width, n_distinct,
    most_common_vals::text as most_common_vals, most_common_freqs, histogram_bounds::text as histogram_bounds,
    correlation, most_common_elems::text as most_common_elems, most_common_elem_freqs, elem_count_histogram
from pg_stats
where schemaname not in ('pg_catalog', 'information_schema', 'maint')
