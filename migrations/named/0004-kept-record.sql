-- Keeping a sealed record is the act that happens most: as a function its plans are made once a connection,
-- not once a record.

-- A safe's row changes with each record: room beside it keeps the change on its page and out of the index.
alter table vault.safe set (fillfactor = 40);

-- Counts the safe's sequence up and keeps the record, if its version is above the one kept and the safe has
-- room for it. Null otherwise, and then nothing has changed.
create function vault.keep_record(
  of_safe uuid, in_collection bytea, with_id bytea, new_version integer, new_sealed bytea, room bigint
) returns bigint language plpgsql as $$
declare
  kept_version integer;
  kept_size integer;
  place bigint;
begin
  -- Whoever writes to this safe at the same time waits here, and then sees what was kept meanwhile.
  perform from vault.safe where id = of_safe for no key update;
  select version, length(sealed) into kept_version, kept_size from vault.record
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
    insert into vault.record (safe, collection, id, version, sequence, sealed)
      values (of_safe, in_collection, with_id, new_version, place, new_sealed);
  else
    update vault.record set version = new_version, sequence = place, sealed = new_sealed
      where safe = of_safe and collection = in_collection and id = with_id;
  end if;
  return place;
end $$;
