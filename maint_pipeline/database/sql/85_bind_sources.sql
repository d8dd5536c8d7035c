-- Binds the sources again, now that maint_owner can read them. Locks: ACCESS SHARE on
-- relations of which expressions are mapped, while it looks.

select maint.bind_sources();
