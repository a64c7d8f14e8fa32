-- Verification: who asked in which way, the licences of a quarter as HMACs, the stewards' decisions and their
-- key, and the public registry of physicians. No row tells when anything happened.

-- identity ---------------------------------------------------------------------------------------

alter table identity.roster
  add column kind text not null default 'employer' check (kind in ('employer', 'students', 'residents'));

-- No row says `none`.
create table identity.verification (
  account uuid primary key references identity.account on delete cascade,
  -- Anew with every asking, so that nobody decides about what they have not seen.
  asking uuid not null unique,
  state text not null check (state in ('asked', 'verified', 'refused')),
  way text not null check (way in ('npi', 'roster', 'vouching', 'document', 'institution-mail')),
  -- Licence, and until the decision the name it stands in. A refusal destroys it.
  claim_sealed bytea check ((claim_sealed is null) = (state = 'refused')),
  -- Of the institution whose mailbox was confirmed; never the address.
  confirmed_at text check ((confirmed_at is not null) <= (way = 'institution-mail')),
  refused_for text check ((refused_for is not null) = (state = 'refused'))
);
create index verification_waiting on identity.verification (asking) where state = 'asked';

-- What joining by a roster of students or residents is evidence of, until it has been decided about.
create table identity.arrival (
  account uuid primary key references identity.account on delete cascade,
  roster uuid not null,
  sponsor uuid not null,
  kind text not null check (kind in ('students', 'residents')),
  -- Which use of the roster's code it was, counted down: a student's licence. It tells no line.
  code_use integer not null,
  unique (roster, code_use)
);

create table identity.vouch_code (
  account uuid primary key references identity.account on delete cascade,
  -- Of the code and the day it was made on, so that it ends by itself and the row has no date.
  code_hash bytea not null unique
);

-- Kept while both stay: nobody vouches for one who vouched for them.
create table identity.vouch (
  account uuid not null references identity.account on delete cascade,
  voucher uuid not null references identity.account on delete cascade,
  quarter text not null,
  primary key (account, voucher),
  check (account <> voucher)
);
create index vouch_by_voucher on identity.vouch (voucher);

create table identity.institution (
  domain text primary key,
  name text not null
);

create table identity.licence_quarter (
  quarter text primary key,
  secret_sealed bytea not null
);

-- One licence, one account, one quarter. What a deleted account leaves is the mark alone, until the secret goes.
create table identity.licence_mark (
  quarter text not null references identity.licence_quarter on delete cascade,
  mark bytea not null check (length(mark) = 32),
  account uuid references identity.account on delete set null,
  primary key (quarter, mark),
  unique (quarter, account)
);
create index licence_mark_by_account on identity.licence_mark (account);

-- Else a backup would keep a quarter's secret beyond its end. After a restore the quarter is opened anew.
comment on table identity.licence_quarter is 'not in backups: a secret that is destroyed with its quarter';
comment on table identity.licence_mark is 'not in backups: goes with its quarter';

-- stewardship ------------------------------------------------------------------------------------

alter table stewardship.sponsor
  add column kind text not null default 'employer' check (kind in ('employer', 'students', 'residents'));

create table stewardship.document (
  -- Goes with the asking: with its decision, with another asking, with the account.
  asking uuid primary key references identity.verification (asking) on delete cascade,
  epoch integer not null,
  sealed bytea not null check (length(sealed) <= 5308464)
);
comment on table stewardship.document is
  'not in backups: documents of people who wait to be verified, destroyed with the decision';

create table stewardship.steward_log_entry (
  sequence integer primary key,
  -- As it was signed; see src/stewardship/steward-log.ts.
  entry jsonb not null
);

create table stewardship.epoch_wrap (
  epoch integer not null,
  account uuid not null references identity.account on delete cascade,
  sealed bytea not null check (length(sealed) = 112),
  primary key (epoch, account)
);

-- A steward who asks to be admitted to the log.
create table stewardship.key_binding (
  account uuid primary key references identity.account on delete cascade,
  binding bytea not null check (length(binding) = 64)
);

create table stewardship.decision (
  sequence integer primary key,
  quarter text not null,
  kind text not null,
  detail text not null,
  hash bytea not null check (length(hash) = 32)
);

-- The only way into the log of decisions, for every slice in which something is decided, in the transaction
-- that decides. src/stewardship/decision-log.ts makes the same hash.
create schema decisions;
create function decisions.log(new_quarter text, new_kind text, new_detail text)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  before record;
  next_sequence integer;
  framed bytea := '';
  field bytea;
begin
  -- One after the other; readers don't wait.
  lock table stewardship.decision in exclusive mode;
  select sequence, hash into before from stewardship.decision order by sequence desc limit 1;
  next_sequence := coalesce(before.sequence, 0) + 1;
  foreach field in array array[
    convert_to('callroom/v1/decision', 'UTF8'), coalesce(before.hash, ''),
    convert_to(next_sequence::text, 'UTF8'), convert_to(new_quarter, 'UTF8'),
    convert_to(new_kind, 'UTF8'), convert_to(new_detail, 'UTF8')]
  loop
    framed := framed || int4send(length(field)) || field;
  end loop;
  insert into stewardship.decision (sequence, quarter, kind, detail, hash)
    values (next_sequence, new_quarter, new_kind, new_detail, sha256(framed));
end $$;
revoke all on function decisions.log from public;

-- coaching ---------------------------------------------------------------------------------------

-- The last reminder that went out before the end: sixty, thirty, seven days, or none before the day itself.
alter table coaching.credential add column reminded smallint check (reminded in (60, 30, 7, 0));

-- registry ---------------------------------------------------------------------------------------

create schema registry;

create table registry.person (
  npi bigint primary key,
  given_name text not null,
  family_name text not null,
  other_family_name text not null,
  physician boolean not null,
  student boolean not null,
  -- The import that saw it last; a finished one drops what it has not seen.
  import integer not null
);
comment on table registry.person is 'not in backups: public data, imported from a file';

create table registry.import (
  id integer primary key,
  -- SHA-256 of the file's size and beginning, by which a broken-off import is found again.
  file bytea not null,
  -- The first byte that has not been read into the table.
  next_byte bigint not null default 0,
  rows_read bigint not null default 0,
  rows_kept bigint not null default 0,
  finished boolean not null default false
);
comment on table registry.import is 'not in backups: how far a public file was read';

-- grants, along the ladder only ------------------------------------------------------------------

grant select, insert, update, delete on
  identity.verification, identity.arrival, identity.vouch_code, identity.vouch, identity.institution,
  identity.licence_quarter, identity.licence_mark to callroom_identity;
grant select, insert, update, delete on identity.verification, identity.institution to callroom_stewardship;
grant select, delete on identity.arrival, identity.vouch_code, identity.vouch to callroom_stewardship;
grant select, insert on identity.licence_quarter to callroom_stewardship;
grant select, insert, update on identity.licence_mark to callroom_stewardship;

grant select, insert, update, delete on
  stewardship.document, stewardship.epoch_wrap, stewardship.key_binding to callroom_stewardship;
-- Logs only grow.
grant select, insert on stewardship.steward_log_entry to callroom_stewardship;
grant select on stewardship.decision to callroom_stewardship;

grant usage on schema decisions to callroom_coaching, callroom_stewardship;
grant execute on function decisions.log to callroom_coaching, callroom_stewardship;

grant usage on schema registry to callroom_stewardship;
grant select on registry.person, registry.import to callroom_stewardship;
