-- harmless
create function public.peek(text) returns boolean language plpgsql as 'begin return true; end';
-- problem: public.peek(text)
alter function public.peek(text) leakproof;
-- repair: fix
