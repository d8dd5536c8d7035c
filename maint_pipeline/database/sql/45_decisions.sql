-- What CASE and COALESCE mean in a condition: they decide what is true where nobody's identity is known.

-- The arguments of a call; or the branches of a CASE as condition, value, condition, value, ..., else. Null where
-- the text is neither as a whole.
create or replace function maint.condition_arguments(_text text) returns text[]
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _is_case constant boolean := _text like 'CASE WHEN %';
    _inner constant text := case when _is_case then substr(_text, 11) else substr(_text, strpos(_text, '(') + 1) end;
    _arguments text[] := '{}';
    _part text := '';
    _depth integer := 0;
    _token text;
begin
    for _token in
        select token.match[1]
        from regexp_matches(_inner,
            '(''(?:[^'']|'''')*''|"(?:[^"]|"")*"|[(),]| (?:WHEN|THEN|ELSE|END)\M|[^''"(), ]+| )', 'g')
            as token (match)
    loop
        if _depth < 0 then
            return null;
        elsif _depth = 0 and (_is_case and _token ~ '^ (WHEN|THEN|ELSE|END)$' or not _is_case and _token in (',', ')')) then
            _arguments := _arguments || btrim(_part);
            _part := '';
            _depth := case when _token in (' END', ')') then -1 else 0 end;
            continue;
        end if;
        _depth := _depth + case _token when '(' then 1 when ')' then -1 else 0 end;
        _part := _part || _token;
    end loop;
    return case when _depth = -1 then _arguments end;
end
$$;

-- The one of two that more people pass, or, where both have to hold, fewer.
create or replace function maint.wider(_one text, _other text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case when array_position(maint.passers(), _one) > array_position(maint.passers(), _other)
        then _one else coalesce(_other, _one) end
$$;

create or replace function maint.narrower(_one text, _other text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select case when maint.wider(_one, _other) = _one then _other else _one end $$;

-- Who passes a CASE or a COALESCE; null for other conditions.
create or replace function maint.passers_of_choice(_text text, _is_signed_in boolean) returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _arguments text[];
    _condition text := '';
    _found text;
begin
    if _text !~ '^(CASE WHEN |COALESCE\()' or _text ~ '.CASE ' then
        return null;
    end if;
    _arguments := maint.condition_arguments(_text);
    if _arguments is null then
        return null;
    elsif _text like 'COALESCE(%' then
        _found := maint.passers_of(_arguments[1], _is_signed_in);
        -- A comparison with nobody's identity is null, so the last argument decides.
        return case when not _is_signed_in and _found = 'nobody' and _arguments[1] ~ 'auth\.\w+\(|request\.jwt'
            then maint.passers_of(_arguments[cardinality(_arguments)], false) else _found end;
    end if;
    for i in 1..cardinality(_arguments) / 2 loop
        _condition := maint.passers_of(_arguments[2 * i - 1], _is_signed_in);
        _found := maint.wider(_found,
            maint.narrower(_condition, maint.passers_of(_arguments[2 * i], _is_signed_in)));
        exit when _condition = 'everybody';
    end loop;
    if _condition <> 'everybody' and cardinality(_arguments) % 2 = 1 then
        _found := maint.wider(_found, maint.passers_of(_arguments[cardinality(_arguments)], _is_signed_in));
    end if;
    return _found;
end
$$;
