-- A removal is sealed like any other change: the server could otherwise invent one.
delete from vault.record where sealed is null;
alter table vault.record alter column sealed set not null;
