-- Circles: pseudonyms, who waits, and the sealed rooms. No row names a doctor. But for a circle's own thread
-- nothing here has a clock finer than a day.
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

-- What was said, sealed. Its minute is for the circle's own eyes: nothing outside the thread has one.
create table circles.message (
  circle uuid not null references circles.circle on delete cascade,
  sequence integer not null,
  id bytea not null check (length(id) = 16),
  sender bytea not null,
  epoch integer not null,
  -- With the stamp it proves a report true, also for a while after the message was deleted.
  commitment bytea not null check (length(commitment) = 32),
  minute integer not null,
  stamp bytea not null check (length(stamp) = 32),
  -- As it came over the wire; null once its sender deleted it.
  sealed text,
  primary key (circle, sequence),
  unique (circle, id)
);

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
-- sender may still come in is asked here as well, so that a message costs one statement.
create function circles.post(
  of_circle uuid, with_id bytea, by_sender bytea, in_epoch integer, with_commitment bytea, at_minute integer,
  with_stamp bytea, new_sealed text
) returns integer language plpgsql as $$
declare
  place integer;
  known circles.message%rowtype;
begin
  perform from circles.seat join circles.pseudonym on key = pseudonym
    where circle = of_circle and pseudonym = by_sender and state in ('taken', 'paused')
      and not removed and ends_on >= (timestamp 'epoch' + at_minute * interval '1 minute')::date;
  if not found then
    return -1;
  end if;
  select * into known from circles.message where circle = of_circle and id = with_id;
  if found then
    return case when known.sender = by_sender then known.sequence else -3 end;
  end if;
  update circles.circle set sequence = sequence + 1
    where id = of_circle and epoch = in_epoch and not ended
    returning sequence into place;
  if place is null then
    return -2;
  end if;
  insert into circles.message (circle, sequence, id, sender, epoch, commitment, minute, stamp, sealed)
    values (of_circle, place, with_id, by_sender, in_epoch, with_commitment, at_minute, with_stamp, new_sealed);
  return place;
end $$;

comment on table circles.log_entry is 'has a clock of its own: its sequence';
comment on table circles.epoch is 'has a clock of its own: its number';
comment on table circles.message is 'has a clock of its own: its sequence and its minute';

grant usage on schema circles to callroom_circles;
grant select, insert, update, delete on circles.pseudonym, circles.waiting, circles.circle, circles.seat,
  circles.log_entry, circles.epoch, circles.message, circles.stamp_key, circles.report to callroom_circles;
grant select, update on circles.forming to callroom_circles;
-- A badge is spent in the transaction that admits its pseudonym.
grant usage on schema pass to callroom_circles;
grant select on pass.logged_key to callroom_circles;
grant select, insert on pass.spent, pass.challenge_root, pass.used_challenge to callroom_circles;
grant update (answer) on pass.spent to callroom_circles;
