-- Passes, the named half: what every pass of this community names, the issuer's keys, and which passes were
-- issued to whom. No row tells a day on which anybody did anything; a key's days are the calendar's.
create schema pass;

create table pass.community (
  only_one boolean primary key default true check (only_one),
  issuer_name text not null,
  origin_info text not null
);
comment on table pass.community is 'in backups: under other names every pass in circulation would be void';

create table pass.issuer_key (
  purpose text not null,
  name text not null,
  issued_from date not null,
  issued_until date not null,
  begins_from date not null,
  begins_until date not null,
  ends_on date not null,
  spki bytea not null unique,
  -- The private half, sealed; null once it is destroyed.
  sealed bytea,
  -- In the log, from 0. Null until it is logged: a backup that is not older than the weeks in between then has
  -- every key that any device has seen.
  position integer unique check (position >= 0),
  -- By a restore: what it had issued may be forgotten here, and what was spent there.
  closed boolean not null default false check (not closed or sealed is null),
  primary key (purpose, name)
);
comment on table pass.issuer_key is
  'in backups: the log must go on after a restore, which closes what may have been issued or spent meanwhile';

create table pass.issued (
  account uuid not null references identity.account on delete cascade,
  purpose text not null,
  period text not null,
  -- The quarter of a badge, the period of anything else: a slot is issued once in it.
  counted_by text not null,
  slot smallint not null check (slot >= 0),
  -- SHA-256 of the blinded message. What was blinded can't be told from it, nor from the message.
  request bytea not null check (length(request) = 32),
  primary key (account, purpose, counted_by, slot),
  foreign key (purpose, period) references pass.issuer_key
);
comment on table pass.issued is 'in backups: else a restore would give everybody a second pass';

-- Called by a restore in the transaction that brings the rows back. Between the two days keys that the backup
-- knew only as coming have begun to issue, so these are closed as well; later ones stay good.
create function pass.after_restore(made_on date, restored_on date) returns void language sql
  set search_path = pg_catalog as $$
  update pass.issuer_key set closed = true, sealed = null
    where issued_from <= greatest(made_on, restored_on) and ends_on >= made_on;
  -- Passes of a closed key begin nothing, and so take nobody's place in a later month of the quarter.
  update pass.issued i set counted_by = i.period
    from pass.issuer_key k where k.closed and (k.purpose, k.name) = (i.purpose, i.period)
$$;
revoke all on function pass.after_restore from public;

-- grants, along the ladder only ------------------------------------------------------------------

grant usage on schema identity to callroom_pass;
grant select (account, state) on identity.verification to callroom_pass;

grant usage on schema pass to callroom_pass;
grant select, insert on pass.community to callroom_pass;
-- The log only grows.
grant select, insert, update (sealed, position) on pass.issuer_key to callroom_pass;
grant select, insert, delete on pass.issued to callroom_pass;
