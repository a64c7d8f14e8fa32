-- Circles: pseudonyms, who waits, and the sealed rooms. No row names a doctor, and nothing here has a clock finer
-- than a day.
create schema circles;

create table circles.pseudonym (
  -- Ed25519, and the nonce of its badge.
  key bytea primary key check (length(key) = 32),
  -- The newest, so that everybody in a circle can check that a doctor sits there.
  badge bytea not null check (length(badge) = 386),
  -- X25519, and the pseudonym's signature over it.
  hpke_key bytea not null check (length(hpke_key) = 32),
  binding bytea not null check (length(binding) = 64),
  begins_until date not null,
  ends_on date not null,
  removed boolean not null default false,
  -- SHA-256 of the blinded badge it was replaced by, and that one's month: the same is signed again, no other.
  replaced_by bytea check (length(replaced_by) = 32),
  replaced_in text check ((replaced_in is null) = (replaced_by is null))
);

create table circles.waiting (
  pseudonym bytea primary key references circles.pseudonym on delete cascade,
  themes text[] not null check (cardinality(themes) between 1 and 3),
  blocks smallint[] not null check (cardinality(blocks) between 1 and 6),
  stage smallint not null,
  language text not null,
  -- Keyed anew from what the device sent; goes with the row when its pseudonym is seated.
  employer bytea check (length(employer) = 32)
);

-- One row: how far the forming that runs now has come; null while none runs.
create table circles.forming (
  only_one boolean primary key default true check (only_one),
  share real
);
insert into circles.forming default values;

create table circles.circle (
  id uuid primary key,
  -- The hour of the week it meets at, 0 to 20.
  block smallint not null,
  language text not null,
  themes text[] not null,
  -- Since which day all its members have been willing to merge and no second circle was; null for all others.
  willing_since date,
  -- How often it has met: after the second it takes nobody new, after the fourth it runs itself.
  meetings smallint not null default 0,
  ended boolean not null default false,
  -- How long the member log is, the epoch that messages are sealed in (0: nobody may speak until the members
  -- have made a new one), and how long the thread is.
  log_length integer not null default 0,
  epoch integer not null default 0,
  sequence integer not null default 0
) with (fillfactor = 50);

create table circles.seat (
  circle uuid not null references circles.circle on delete cascade,
  -- As in the member log; null for a seat that is only offered.
  number smallint,
  -- One circle for one pseudonym: whoever is seated anew comes with another.
  pseudonym bytea primary key references circles.pseudonym on delete cascade,
  state text not null default 'taken'
    check (state in ('offered', 'taken', 'paused', 'left', 'lapsed', 'removed')),
  -- An offer that nobody took ends after a week.
  offered_on date check ((offered_on is not null) = (state = 'offered')),
  -- What the screen explains the seat with; no more than the member's own themes and counts.
  reasons jsonb not null,
  -- By the stewards, after a report.
  warned boolean not null default false,
  unique (circle, number),
  check ((number is null) = (state = 'offered'))
);

-- Who agrees that their circle merges with another small one. It is an agreement with those who sit there now.
create table circles.merging (
  pseudonym bytea primary key references circles.seat (pseudonym) on delete cascade,
  blocks smallint[] not null check (cardinality(blocks) between 1 and 6),
  -- As in circles.waiting.
  employer bytea check (length(employer) = 32)
);

-- Whoever sits down, leaves, lapses or is removed: nobody has agreed any more.
create function circles.forget_agreements() returns trigger language plpgsql as $$
begin
  delete from circles.merging using circles.seat
    where merging.pseudonym = seat.pseudonym and seat.circle = old.circle;
  delete from circles.merging where pseudonym = old.pseudonym;
  return null;
end $$;
create trigger members_changed after update of circle, state on circles.seat for each row
  when (old.circle <> new.circle
    or (old.state in ('taken', 'paused')) <> (new.state in ('taken', 'paused')))
  execute function circles.forget_agreements();
create trigger members_gone after delete on circles.seat for each row
  when (old.state in ('taken', 'paused')) execute function circles.forget_agreements();

-- The signed, hash-chained log of who sits here, as devices read it.
create table circles.log_entry (
  circle uuid not null references circles.circle on delete cascade,
  sequence integer not null,
  entry jsonb not null,
  primary key (circle, sequence)
);

-- An epoch's key, sealed to each of its members in their order.
create table circles.epoch (
  circle uuid not null references circles.circle on delete cascade,
  number integer not null,
  wraps jsonb not null,
  primary key (circle, number)
);

-- What was said, sealed, and with it who said it and when.
create table circles.message (
  circle uuid not null references circles.circle on delete cascade,
  sequence integer not null,
  id bytea not null check (length(id) = 16),
  epoch integer not null,
  -- Fits its sender's pseudonym for those alone who know its veil: to take it back, and to prove a report true.
  mark bytea not null check (length(mark) = 32),
  -- With mark and stamp it proves a report true, also for a while after the message was deleted.
  commitment bytea not null check (length(commitment) = 32),
  -- Whose key made the stamp, 2027-03: nothing of a message has a finer time.
  month text not null check (month ~ '^\d{4}-\d\d$'),
  stamp bytea not null check (length(stamp) = 32),
  -- As it came over the wire; null once its sender deleted it.
  sealed text,
  primary key (circle, sequence),
  unique (circle, id)
) partition by hash (circle);

-- So that what is written anew at night stands in nobody's way for long.
do $$
begin
  for part in 0..15 loop
    execute format(
      'create table circles.message_%s partition of circles.message for values with (modulus 16, remainder %s)',
      part, part);
  end loop;
end $$;

-- A month's key for stamps, sealed; destroyed when no report can come any more.
create table circles.stamp_key (
  month text primary key check (month ~ '^\d{4}-\d\d$'),
  key_sealed bytea not null
);

-- Sealed to the stewards: chosen messages, opened, with what proves them.
create table circles.report (
  id uuid primary key,
  circle uuid not null references circles.circle on delete cascade,
  steward_epoch integer not null,
  -- Emptied with the decision; the row goes once the decision stands in the log that members read.
  sealed bytea not null,
  decision text check (decision in ('dismissed', 'warned', 'removed', 'closed'))
);

-- Takes a message in where its sender sits and seals in the circle's epoch. Gives its place in the thread; the
-- same message again has the same place. Otherwise: -1 no seat, -2 another epoch, -3 the id is another's. Whether its
-- sender may still come in is asked here as well, so that a message costs one statement; of sender and day nothing
-- is kept.
create function circles.post(
  of_circle uuid, by_sender bytea, on_day date, with_id bytea, in_epoch integer, with_mark bytea,
  with_commitment bytea, in_month text, with_stamp bytea, new_sealed text
) returns integer language plpgsql
-- A message is looked for in one partition either way: planning anew for each costs more than what is planned.
set plan_cache_mode = force_generic_plan as $$
declare
  place integer;
  known circles.message%rowtype;
begin
  perform from circles.seat join circles.pseudonym on key = pseudonym
    where circle = of_circle and pseudonym = by_sender and state in ('taken', 'paused')
      and not removed and ends_on >= on_day;
  if not found then
    return -1;
  end if;
  select * into known from circles.message where circle = of_circle and id = with_id;
  if found then
    return case when known.mark = with_mark then known.sequence else -3 end;
  end if;
  update circles.circle set sequence = sequence + 1
    where id = of_circle and epoch = in_epoch and not ended
    returning sequence into place;
  if place is null then
    return -2;
  end if;
  insert into circles.message (circle, sequence, id, epoch, mark, commitment, month, stamp, sealed)
    values (of_circle, place, with_id, in_epoch, with_mark, with_commitment, in_month, with_stamp, new_sealed);
  return place;
end $$;

grant usage on schema circles to callroom_circles;
grant select, insert, update, delete on circles.pseudonym, circles.waiting, circles.circle, circles.seat,
  circles.merging, circles.log_entry, circles.epoch, circles.message, circles.stamp_key, circles.report to callroom_circles;
grant select, update on circles.forming to callroom_circles;
-- A badge is spent in the transaction that admits its pseudonym.
grant usage on schema pass to callroom_circles;
grant select on pass.logged_key to callroom_circles;
grant select, insert on pass.spent, pass.challenge_root, pass.used_challenge to callroom_circles;
grant update (answer) on pass.spent to callroom_circles;
