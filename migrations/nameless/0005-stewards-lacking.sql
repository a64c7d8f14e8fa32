-- Whether the last forming seated nobody because fewer than two stewards held their key: whoever waits is told so. Noted
-- here, so that nobody who looks up their place has the named side read for it.
alter table circles.forming add column lacks_stewards boolean not null default false;
