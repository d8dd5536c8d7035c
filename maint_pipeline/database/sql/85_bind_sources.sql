-- Binds the parts of the application anew, now that maint_owner may read them. Locks: ACCESS SHARE on
-- relations of which expressions are mapped, while it looks.

select maint.bind_sources();
