-- harmless
create foreign data wrapper elsewhere;
create server other foreign data wrapper elsewhere;
create user mapping for service_role server other options (user 'a', password 'b');
-- problem: other
create user mapping for public server other options (user 'a', password 'b');
-- repair
drop user mapping for public server other;
-- problem: other for anon
create user mapping for anon server other options (user 'a', password 'b');
-- repair
drop user mapping for anon server other;
