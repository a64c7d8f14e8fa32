-- The sealed records in 32 parts, so that each can be written anew at night while the other safes go on
-- (platform/server/shuffle.ts). A safe's part is told by the first five bits of its id, which are chance: whoever
-- knows the id names the part, as PostgreSQL takes as long to find it as to read from it.
create temporary table record_before on commit drop as
  select safe, collection, id, version, sequence, sealed from vault.record order by gen_random_uuid();
drop table vault.record;

create table vault.record (
  safe uuid not null references vault.safe on delete cascade,
  -- A keyed tag of the collection's name: the server can't tell a check-in from a plan.
  collection bytea not null check (length(collection) = 16),
  id bytea not null check (length(id) = 16),
  version integer not null check (version > 0),
  sequence bigint not null,
  sealed bytea not null check (length(sealed) <= 1048576),
  primary key (safe, collection, id)
) partition by range (safe);
create unique index record_by_sequence on vault.record (safe, sequence);
grant select, insert, update, delete on vault.record to callroom_vault, callroom_identity;

drop function vault.keep_record;

do $parts$
declare
  bounds text[] := array(select lpad(to_hex(part * 8), 2, '0') || '000000-0000-0000-0000-000000000000'
                         from generate_series(0, 31) part);
  name text;
begin
  for part in 0..31 loop
    name := 'record_' || lpad(part::text, 2, '0');
    execute format('create table vault.%I partition of vault.record for values from (%s) to (%s)', name,
      case part when 0 then 'minvalue' else quote_literal(bounds[part + 1]) end,
      case part when 31 then 'maxvalue' else quote_literal(bounds[part + 2]) end);
    execute format('grant select, insert, update, delete on vault.%I to callroom_vault, callroom_identity', name);
    -- Keeping a record is the act that happens most: a function for each part has its plans made once a connection.
    -- Counts the safe's sequence up and keeps the record, if its version is above the one kept and the safe has
    -- room for it. Null otherwise, and then nothing has changed.
    execute format($keep$
      create function vault.%2$I(
        of_safe uuid, in_collection bytea, with_id bytea, new_version integer, new_sealed bytea, room bigint
      ) returns bigint language plpgsql as $$
      declare
        kept_version integer;
        kept_size integer;
        place bigint;
      begin
        -- Whoever writes to this safe at the same time waits here, and then sees what was kept meanwhile.
        perform from vault.safe where id = of_safe for no key update;
        select version, length(sealed) into kept_version, kept_size from vault.%1$I
          where safe = of_safe and collection = in_collection and id = with_id;
        if kept_version >= new_version then
          return null;
        end if;
        update vault.safe
          set sequence = sequence + 1, bytes_used = bytes_used + length(new_sealed) - coalesce(kept_size, 0)
          where id = of_safe and bytes_used + length(new_sealed) - coalesce(kept_size, 0) <= room
          returning sequence into place;
        if place is null then
          return null;
        end if;
        if kept_version is null then
          insert into vault.%1$I (safe, collection, id, version, sequence, sealed)
            values (of_safe, in_collection, with_id, new_version, place, new_sealed);
        else
          update vault.%1$I set version = new_version, sequence = place, sealed = new_sealed
            where safe = of_safe and collection = in_collection and id = with_id;
        end if;
        return place;
      end $$ $keep$, name, 'keep_' || name);
  end loop;
end $parts$;

insert into vault.record (safe, collection, id, version, sequence, sealed)
  select safe, collection, id, version, sequence, sealed from record_before;

-- Public data is not written anew each night: it tells nothing of anybody here, and is several gigabytes.
comment on table registry.person is 'not in backups, holds nobody: public data, imported from a file';
comment on table registry.import is 'not in backups, holds nobody: how far a public file was read';
