-- harmless
create table public.fine (id uuid primary key references auth.users);
-- problem: public.by_mail: by_mail_email_fkey
alter table auth.users add constraint users_email_key unique (email);
create table public.by_mail (email text primary key references auth.users (email));
-- repair: fix
