-- The settings that change how values are read, printed or compared, and what they are while maintenance
-- works. 92_session_settings.sql pins them to the functions.

create or replace function maint.session_settings() returns table (name text, value text)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    values
        ('array_nulls', 'on'),
        ('backslash_quote', 'safe_encoding'),
        ('bytea_output', 'hex'),
        ('datestyle', 'ISO, MDY'),
        ('escape_string_warning', 'on'),
        ('exit_on_error', 'off'),
        ('extra_float_digits', '1'),
        ('gin_fuzzy_search_limit', '0'),
        ('intervalstyle', 'postgres'),
        ('lc_monetary', 'C'),
        ('lc_numeric', 'C'),
        ('lc_time', 'C'),
        ('quote_all_identifiers', 'off'),
        ('restrict_nonsystem_relation_kind', ''),
        ('row_security', 'on'),
        ('standard_conforming_strings', 'on'),
        ('stats_fetch_consistency', 'cache'),
        ('timezone', 'UTC'),
        ('timezone_abbreviations', 'Default'),
        ('transform_null_equals', 'off'),
        ('xmlbinary', 'base64'),
        ('xmloption', 'content')
$$;

-- The same for a session of a job, or for the rest of its transaction: for statements that it sends itself.
create or replace function maint.use_session_settings(_is_local boolean) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select set_config(pinned.name, pinned.value, _is_local)
    from maint.session_settings() as pinned
    join pg_settings on lower(pg_settings.name) = pinned.name
$$;
