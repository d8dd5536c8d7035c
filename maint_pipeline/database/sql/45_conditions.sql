-- What conditions of policies mean, from their text as PostgreSQL prints it: every operator is in brackets,
-- every name that is not of pg_catalog has its schema.

-- Who passes a condition, from nobody to everybody. A key is one in the request's headers, a claim one in the
-- token; a function is one whose answer is not known; tenant is what another table says of the user; rows is
-- a condition on the rows alone, which holds for whoever asks.
create or replace function maint.passers() returns text[]
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select array['nobody', 'key', 'claim', 'function', 'own', 'tenant', 'rows', 'everybody'] $$;

-- The parts that AND or OR join at the outermost level, brackets taken off; one part where nothing is joined.
create or replace function maint.condition_parts(
    _condition text, out operator text, out parts text[]
)
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _text text := btrim(_condition);
    _token text;
    _depth integer;
    _part text;
    _is_wrapped boolean;
begin
    loop
        operator := null;
        parts := '{}';
        _depth := 0;
        _part := '';
        -- Whether one pair of brackets holds all of it.
        _is_wrapped := _text like '(%';
        for _token in
            select token.match[1]
            from regexp_matches(_text,
                '''(?:[^'']|'''')*''|"(?:[^"]|"")*"|[()]| AND | OR |[^''"() ]+| ', 'g') as token (match)
        loop
            if _depth = 0 and _token in (' AND ', ' OR ') and _text !~ '^CASE ' then
                operator := btrim(_token);
                parts := parts || btrim(_part);
                _part := '';
                continue;
            end if;
            if _depth = 0 and _part <> '' then
                _is_wrapped := false;
            end if;
            _depth := _depth + case _token when '(' then 1 when ')' then -1 else 0 end;
            _part := _part || _token;
        end loop;
        exit when operator is not null or not _is_wrapped;
        _text := btrim(substr(_text, 2, length(_text) - 2));
        exit when _text like 'SELECT %';
    end loop;
    parts := parts || btrim(case when operator is null then _text else _part end);
end
$$;

-- Who passes one comparison, as maint.passers() has them.
create or replace function maint.passers_of_part(_part text, _is_signed_in boolean) returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- The user's identity reads the same within a sub-select, and as what PostgREST sets.
    _text constant text := regexp_replace(_part, '\( SELECT ((?:auth\.\w+|current_setting)\([^()]*\))[^()]*\)', '\1', 'g');
    _user constant text := 'auth\.(uid|email)\(\)|request\.jwt\.claims?''::text, true\) *\)?::jsonb? ->> ''sub|request\.jwt\.claim\.(sub|email)|current_setting\(''[a-z_]+\.(\w*user|tenant|org|account)\w*''';
    _sides text[] := regexp_match(_text, '^(.+) (=|<>|>=|<=) (.+)$');
begin
    if _text in ('true', '''t''::boolean') then
        return 'everybody';
    elsif _text in ('false', '''f''::boolean') then
        return 'nobody';
    elsif _sides is not null and _sides[2] <> '<>' and _sides[1] = _sides[3] then
        -- Also id = id, which is only not true where it is null.
        return 'everybody';
    elsif _sides is not null and _sides[1] ~ '^-?\d+$' and _sides[3] ~ '^-?\d+$' then
        return case when (_sides[2] = '<>') = (_sides[1]::numeric <> _sides[3]::numeric)
            then 'everybody' else 'nobody' end;
    elsif _text ~ '^\(*(auth\.(uid|email)\(\)|auth\.jwt\(\) ->> ''sub''::text)\)* IS NOT NULL$'
        or _text ~ '^\(*auth\.role\(\)\)* = ''authenticated''::text$'
        or _text ~ '^''authenticated''::text = \(*auth\.role\(\)\)*$'
        or _text ~ 'is_anonymous.*(IS NOT TRUE|IS FALSE|= false)$'
    then
        return case when _is_signed_in then 'everybody' else 'nobody' end;
    elsif _text ~ '^\(*auth\.(uid|email|jwt)\(\)\)* IS NULL$'
        or _text ~ '^\(*current_setting\([^()]*request\.jwt[^()]*\)\)* IS NULL$'
        or _text ~ '^\(*auth\.role\(\)\)* = ''anon''::text$'
    then
        return case when _is_signed_in then 'nobody' else 'everybody' end;
    elsif _text ~ '^\(*auth\.role\(\)\)* (IS NOT NULL|= ANY .*anon.*authenticated.*)$' then
        return 'everybody';
    elsif _text ~ '^\(*(auth\.role\(\)|CURRENT_USER|SESSION_USER|CURRENT_ROLE|auth\.jwt\(\) ->> ''role''::text)\)* = '
        or _text ~ 'request\.jwt\.claim\.role'
    then
        -- Some other role than the API's.
        return case when _text ~ '''authenticated''' and _is_signed_in or _text ~ '''anon''' and not _is_signed_in
            then 'everybody' else 'nobody' end;
    elsif _text ~ '\mFROM\M' and _text ~ '\m(\w+\.\w+) = \1\M' then
        -- A column of the sub-select compared with itself, where one of the table was meant: any row there does.
        return case when _is_signed_in or _text !~ _user then 'everybody' else 'nobody' end;
    elsif _text ~ 'request\.headers?' then
        return 'key';
    elsif _text ~ '^\(*(SELECT )?(?!auth\.|storage\.)[a-z_]\w*\."?\w+"?\(' and _text !~ '\) (=|<>|IS|<|>|->)' then
        -- A function that is given who asks answers what it likes.
        return case when not _is_signed_in and _text ~ _user then 'nobody' else 'function' end;
    elsif _text ~ _user then
        return case
            -- Nobody's identity is null, and every value is distinct from that.
            when not _is_signed_in and _text ~ 'IS DISTINCT FROM' and _text !~ 'SELECT' then 'everybody'
            when not _is_signed_in then 'nobody'
            when _text ~ '(<>|IS DISTINCT FROM|<> ALL)' and _text !~ 'SELECT' then 'everybody'
            when _text ~ '\mFROM\M' then 'tenant'
            else 'own'
        end;
    elsif _text ~ 'auth\.jwt\(\)|request\.jwt' then
        return case when _is_signed_in then 'claim' else 'nobody' end;
    elsif _text ~ 'current_setting\(' then
        return 'key';
    elsif regexp_replace(_text, 'storage\.(foldername|filename|extension)\(', '(', 'g') ~ '[a-z_"]+\.["\w]+\(' then
        return 'function';
    end if;
    return 'rows';
end
$$;

-- Who passes a whole condition, as maint.passers() has them: whoever passes any part of an OR, and whoever
-- passes all parts of an AND.
create or replace function maint.passers_of(_condition text, _is_signed_in boolean) returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _operator text;
    _parts text[];
    _passers text;
begin
    if _condition is null then
        return null;
    end if;
    select joined.operator, joined.parts into _operator, _parts
    from maint.condition_parts(_condition) as joined;
    if _operator is null then
        if _parts[1] like 'NOT %' then
            _passers := maint.passers_of(substr(_parts[1], 5), _is_signed_in);
            return case _passers when 'nobody' then 'everybody' when 'everybody' then 'nobody'
                when 'own' then 'everybody' else _passers end;
        end if;
        return coalesce(
            maint.passers_of_choice(btrim(regexp_replace(_parts[1], '\s+', ' ', 'g')), _is_signed_in),
            maint.passers_of_part(_parts[1], _is_signed_in));
    end if;
    select (array_agg(passers order by
        array_position(maint.passers(), passers) * case _operator when 'OR' then -1 else 1 end))[1]
    into _passers
    from unnest(_parts) as part
    cross join lateral (select maint.passers_of(part, _is_signed_in) as passers) as judged;
    return _passers;
end
$$;
