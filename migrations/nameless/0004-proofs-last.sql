-- What proves a report true is kept for as long as the message stands, and for five months after it was taken back,
-- however old it was by then. Nothing of a message has a finer time than its month, and so it is here.
alter table circles.message add column dropped_in text check (dropped_in ~ '^\d{4}-\d\d$');
-- Nobody knows when; at the latest now.
update circles.message set dropped_in = to_char(current_date, 'YYYY-MM') where sealed is null;
alter table circles.message add check ((sealed is null) = (dropped_in is not null));
