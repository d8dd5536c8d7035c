-- Takes out of the application's relations what is ours, and gives back what it replaced, without CASCADE, so that
-- nothing of the application goes with it. remove.sql follows in the same transaction.
-- Reads maint.keep_history (on: our tables stay) and maint.indexes, the names of our indexes.
-- Locks: ACCESS EXCLUSIVE on public.maintenance_task_runs, public.security_alerts and, to drop indexes, policies
-- and a trigger, on tables of the application, until this commits.

do $$
declare
    _keep_history constant boolean := current_setting('maint.keep_history');
    _are_kept boolean;
    _ours record;
    _column name;
    _grant text;
begin
    for _ours in
        select polname, polrelid::regclass as relation
        from pg_policy
        join pg_class on pg_class.oid = polrelid
        where pg_has_role(relowner, 'usage')
            and (polname = 'maint_owner_works' and to_regrole('maint_owner') = any (polroles)
                or polname in ('maint_admins_read', 'maint_service_role_reads', 'maint_admins_only')
                    and relnamespace in ('maint'::regnamespace, 'public'::regnamespace))
    loop
        execute format('drop policy %I on %s', _ours.polname, _ours.relation);
    end loop;
    for _ours in
        select tgname, tgrelid::regclass as relation
        from pg_trigger
        join pg_proc on pg_proc.oid = tgfoid
        where pronamespace = 'maint'::regnamespace and not tgisinternal
    loop
        execute format('drop trigger %I on %s', _ours.tgname, _ours.relation);
    end loop;

    -- All of a kind at once, because some depend on others.
    for _ours in
        select string_agg(oid::regclass::text, ', ') as views
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind = 'v'
        having count(*) > 0
    loop
        execute 'drop view ' || _ours.views;
    end loop;
    for _ours in
        select string_agg(oid::regprocedure::text, ', ') as functions
        from pg_proc
        where pronamespace = 'maint'::regnamespace
            or pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) = 'maint_owner'
        having count(*) > 0
    loop
        execute 'drop function ' || _ours.functions;
    end loop;

    -- What is executed here was written by who migrates; maint_owner could have put its own tables there.
    select count(*) = 2 into _are_kept
    from pg_class
    join pg_roles on pg_roles.oid = relowner
    where pg_class.oid in (to_regclass('maint.kept_functions'), to_regclass('maint.kept_relations'))
        and relkind = 'r'
        and (rolsuper or rolname = current_user
            or exists (
                select from pg_database where datname = current_database() and datdba = relowner));
    if not _are_kept then
        raise notice 'What the application had before is not given back: maint.kept_functions and '
            'maint.kept_relations are not there, or belong to somebody who is not trusted.';
    else
        for _ours in select * from maint.kept_functions order by signature loop
            begin
                if to_regprocedure(_ours.signature) is not null then
                    raise notice 'The function % of before is not given back: the application has one '
                        'again.', _ours.signature;
                    continue;
                end if;
                perform set_config('check_function_bodies', 'off', true);
                execute _ours.definition;
                execute format('alter function %s owner to %s', _ours.signature, _ours.owner);
                -- Default privileges may have given rights on it.
                for _grant in
                    select distinct format('revoke all on function %s from %s', _ours.signature,
                        coalesce(nullif(grantee, 0)::regrole::text, 'public'))
                    from pg_proc
                    cross join aclexplode(coalesce(proacl, acldefault('f', proowner)))
                    where pg_proc.oid = _ours.signature::regprocedure
                loop
                    execute _grant;
                end loop;
                foreach _grant in array _ours.grants loop
                    execute _grant;
                end loop;
                if _ours.comment is not null then
                    execute format('comment on function %s is %L', _ours.signature, _ours.comment);
                end if;
            exception when others then
                raise notice 'The function % of before can''t be given back: %. Its definition is in the '
                    'file.', _ours.signature, sqlerrm;
            end;
        end loop;
    end if;

    -- In public, and in auth, a comment says what we added.
    for _ours in
        select pg_class.oid::regclass as name
        from pg_class
        join pg_index on indexrelid = pg_class.oid
        where relnamespace = 'public'::regnamespace
            and relname = any (string_to_array(current_setting('maint.indexes'), ','))
            and not (_keep_history
                and coalesce(obj_description(indrelid, 'pg_class'), '') like 'maint_pipeline:%')
    loop
        continue when _are_kept and exists (
            select from maint.kept_relations where relation = _ours.name::text);
        execute format('drop index %s', _ours.name);
    end loop;

    for _ours in
        select oid::regclass as relation,
            coalesce(obj_description(oid, 'pg_class') like 'maint_pipeline:%', false) as is_created,
            relkind = 'r' and (
                select rolsuper or rolname = current_user or pg_class.relowner = datdba
                from pg_roles, pg_database
                where pg_roles.oid = relowner and datname = current_database()
            ) as is_plain
        from pg_class
        where oid in (
            to_regclass('public.maintenance_task_runs'), to_regclass('public.security_alerts'))
    loop
        if _ours.is_created and not _ours.is_plain then
            raise notice '% stays: it belongs to somebody else, or is no table.', _ours.relation;
        elsif _ours.is_created and not _keep_history then
            execute format('drop table %s', _ours.relation);
        elsif not _ours.is_created and not _keep_history then
            for _column in
                select attname from pg_attribute
                where attrelid = _ours.relation and attnum > 0 and not attisdropped
                    and col_description(attrelid, attnum) like 'maint_pipeline:%'
            loop
                execute format('alter table %s drop column %I', _ours.relation, _column);
            end loop;
        end if;
    end loop;

    for _ours in
        select oid::regprocedure as function
        from pg_proc
        where pronamespace = to_regnamespace('auth')
            and obj_description(oid, 'pg_proc') like 'maint_pipeline:%'
    loop
        execute format('drop function %s', _ours.function);
    end loop;
    if obj_description(to_regnamespace('auth'), 'pg_namespace') like 'maint_pipeline:%' then
        drop schema auth;
    end if;

    -- What maint_owner was granted.
    for _ours in
        select distinct case classid when 'pg_class'::regclass then 'table ' || objid::regclass::text
                when 'pg_proc'::regclass then 'function ' || objid::regprocedure::text
                else 'schema ' || objid::regnamespace::text end as object
        from pg_shdepend
        where refclassid = 'pg_authid'::regclass and refobjid = 'maint_owner'::regrole
            and deptype = 'a'
            and dbid = (select oid from pg_database where datname = current_database())
            and classid in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass)
            and not exists (
                select from pg_class where classid = 'pg_class'::regclass and pg_class.oid = objid
                    and relnamespace in ('pg_catalog'::regnamespace, 'maint'::regnamespace)
                union all
                select from pg_proc where classid = 'pg_proc'::regclass and pg_proc.oid = objid
                    and pronamespace = 'pg_catalog'::regnamespace
                union all
                select from pg_namespace where classid = 'pg_namespace'::regclass
                    and pg_namespace.oid = objid and nspname = 'maint')
    loop
        begin
            execute format('revoke all on %s from maint_owner', _ours.object);
        exception when insufficient_privilege then
            raise notice 'maint_owner keeps what it was granted on %: % may not revoke it.', _ours.object,
                current_user;
        end;
    end loop;

    -- The ledger of the application gets back what it had, and keeps what came since.
    if _are_kept then
        for _ours in
            select pg_class.oid::regclass as name, kept.grants, kept.row_security, pg_class.relowner,
                coalesce(relacl, acldefault('r', relowner)) as acl,
                array(
                    select format('grant %s on %s to %s%s', privilege_type, pg_class.oid::regclass,
                        grantee::regrole, case when is_grantable then ' with grant option' else '' end)
                    from aclexplode(relacl)
                    where grantee <> 0 and grantee <> relowner
                        and grantee::regrole::text not in ('anon', 'authenticated', 'service_role',
                            'maint_owner')
                        and not exists (
                            select from unnest(kept.grants) as granted
                            where strpos(granted || ' ', format(' to %s ', grantee::regrole)) > 0)
                ) as since
            from maint.kept_relations as kept
            join pg_class on pg_class.oid = to_regclass(kept.relation)
            where relkind = 'r'
        loop
            for _grant in
                select distinct format('revoke all on %s from %s', _ours.name,
                    coalesce(nullif(grantee, 0)::regrole::text, 'public'))
                from aclexplode(_ours.acl)
            loop
                execute _grant;
            end loop;
            foreach _grant in array _ours.grants || _ours.since loop
                execute _grant;
            end loop;
            if not _ours.row_security then
                execute format('alter table %s disable row level security', _ours.name);
            end if;
        end loop;
        drop table maint.kept_functions;
        if _keep_history then
            delete from maint.kept_relations
            where to_regclass(relation) in (select oid from pg_class where relkind = 'r');
        else
            drop table maint.kept_relations;
        end if;
    end if;
end
$$;
