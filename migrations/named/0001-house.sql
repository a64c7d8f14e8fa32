-- The named cluster's rooms: a schema and a role per slice, GRANT along the ladder only
-- (vault ← identity ← coaching, stewardship). Named tables hold no activity dates (promise 2).
create extension if not exists btree_gist;

create schema vault;
create schema identity;
create schema coaching;
create schema stewardship;
create schema jobs;

-- vault: a safe does not know its owner's name -------------------------------------------------

create table vault.safe (
  id uuid primary key,
  -- One sequence per safe, never a global one.
  sequence bigint not null default 0,
  bytes_used bigint not null default 0
);

create table vault.wrap (
  safe uuid not null references vault.safe on delete cascade,
  slot text not null check (length(slot) between 1 and 400),
  sealed bytea not null check (length(sealed) between 40 and 200),
  primary key (safe, slot)
);

create table vault.record (
  safe uuid not null references vault.safe on delete cascade,
  -- A keyed tag of the collection's name: the server can't tell a check-in from a plan.
  collection bytea not null check (length(collection) = 16),
  id bytea not null check (length(id) = 16),
  version integer not null check (version > 0),
  sequence bigint not null,
  -- Null marks a record that its owner removed, so that other devices hear of it.
  sealed bytea check (length(sealed) <= 1048576),
  primary key (safe, collection, id)
);
create unique index record_by_sequence on vault.record (safe, sequence);

-- identity ---------------------------------------------------------------------------------------

create table identity.community (
  only_one boolean primary key default true check (only_one),
  name text not null,
  country text not null,
  floor integer not null check (floor >= 8),
  sample boolean not null default false
);

create table identity.set_up (
  only_one boolean primary key default true check (only_one),
  token_hash bytea not null
);

create table identity.account (
  id uuid primary key,
  -- The OPAQUE client identifier: immutable, and unlike the e-mail it never changes.
  login_id bytea not null check (length(login_id) = 32),
  opaque_record text,
  email_index bytea not null unique,
  email_sealed bytea not null,
  name text not null,
  stage text not null,
  roles text[] not null default '{}',
  time_zone text not null,
  hpke_key bytea not null check (length(hpke_key) = 32),
  signing_key bytea not null check (length(signing_key) = 32),
  recovery_key bytea not null check (length(recovery_key) = 32),
  failed_sign_ins integer not null default 0
);

create table identity.session (
  token_hash bytea primary key,
  id uuid not null unique,
  account uuid not null references identity.account on delete cascade,
  label text not null,
  expires_month date not null check (extract(day from expires_month) = 1)
);
create index session_by_account on identity.session (account);

create table identity.passkey (
  id bytea primary key,
  account uuid not null references identity.account on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null
);
create index passkey_by_account on identity.passkey (account);

create table identity.roster (
  id uuid primary key,
  sponsor uuid not null,
  code_hash bytea not null unique,
  letter_on date not null,
  window_ends date not null,
  -- Counts down, and no view shows it (rule 4).
  uses_left integer not null
);

create table identity.roster_line (
  roster uuid not null references identity.roster on delete cascade,
  email_index bytea not null,
  email_sealed bytea not null,
  stage text not null,
  primary key (roster, email_index)
);

create table identity.invitation (
  id uuid primary key,
  code_hash bytea not null unique,
  email_index bytea,
  email_sealed bytea,
  roles text[] not null default '{}',
  stage text,
  expires_on date not null
);

-- coaching ---------------------------------------------------------------------------------------

create table coaching.coach (
  account uuid primary key,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'published', 'paused')),
  -- What the coach wrote for the card; null until first saved.
  profile jsonb,
  kind text not null default 'other-certified-coach' check (kind in ('physician', 'other-certified-coach')),
  -- A steward's words when sending it back.
  returned_because text,
  time_zone text not null,
  rules jsonb not null,
  cancel_notice_hours integer not null default 24 check (cancel_notice_hours between 0 and 168)
);

create table coaching.credential (
  id uuid primary key,
  coach uuid not null references coaching.coach on delete cascade,
  place smallint not null,
  body text not null,
  level text not null,
  number text not null,
  -- The last month in which it holds, 2027-04.
  expires text,
  verified boolean not null default false
);

create table coaching.availability (
  coach uuid not null references coaching.coach on delete cascade,
  day smallint not null check (day between 0 and 6),
  start_minute smallint not null check (start_minute between 0 and 1439),
  end_minute smallint not null check (end_minute between 1 and 1440),
  primary key (coach, day, start_minute),
  check (start_minute < end_minute)
);

create table coaching.exception (
  coach uuid not null references coaching.coach on delete cascade,
  on_date date not null,
  -- Start and end in turn, minutes after midnight; empty for a day off.
  windows smallint[] not null,
  primary key (coach, on_date)
);

create table coaching.calendar (
  id uuid primary key,
  coach uuid not null references coaching.coach on delete cascade,
  kind text not null check (kind in ('address', 'upload')),
  label text not null,
  address_sealed bytea check ((address_sealed is not null) = (kind = 'address')),
  -- Busy minutes since the epoch, start and end in turn. Nothing else of the calendar is kept.
  busy integer[] not null default '{}',
  problem jsonb,
  read_at timestamptz
);
create index calendar_by_coach on coaching.calendar (coach);

create table coaching.booking (
  id uuid primary key,
  coach uuid not null,
  client uuid not null,
  during tstzrange not null check (not isempty(during)),
  kind text not null check (kind in ('chemistry', 'session')),
  state text not null check (state in ('held', 'confirmed', 'cancelled')),
  held_until timestamptz,
  -- The coach's rule on the day of booking: a later change of it binds nobody who booked before.
  cancel_notice_hours smallint not null,
  -- The .ics SEQUENCE of what was last sent.
  sequence integer not null default 0,
  cancelled_by text check (cancelled_by in ('coach', 'client')),
  check ((state = 'held') = (held_until is not null)),
  check (coach <> client),
  constraint coach_has_one_booking_at_a_time
    exclude using gist (coach with =, during with &&) where (state in ('held', 'confirmed')),
  constraint client_has_one_booking_at_a_time
    exclude using gist (client with =, during with &&) where (state in ('held', 'confirmed'))
);
create index booking_by_client on coaching.booking (client);
create index booking_by_coach on coaching.booking (coach);
create unique index one_hold_a_person on coaching.booking (client) where state = 'held';
create unique index one_chemistry_call_a_pair on coaching.booking (coach, client)
  where kind = 'chemistry' and state <> 'cancelled';

create table coaching.agreement (
  client uuid not null,
  coach uuid not null,
  version text not null,
  accepted_on date not null,
  primary key (client, coach)
);

create table coaching.feed (
  account uuid primary key,
  secret_hash bytea not null unique
);

create table coaching.space (
  id uuid primary key,
  coach uuid not null,
  client uuid not null,
  -- Messages of this space, counted.
  sequence bigint not null default 0,
  unique (coach, client)
);

create table coaching.space_key (
  space uuid not null references coaching.space on delete cascade,
  member uuid not null,
  sealed bytea not null,
  primary key (space, member)
);

create table coaching.message (
  space uuid not null references coaching.space on delete cascade,
  sequence bigint not null,
  id uuid not null,
  sender uuid not null,
  sealed bytea not null check (length(sealed) <= 65536),
  primary key (space, sequence),
  unique (space, id)
);

-- stewardship ------------------------------------------------------------------------------------

create table stewardship.sponsor (
  id uuid primary key,
  name text not null unique
);

-- jobs: the only way a slice may put work into the queue, in the same transaction as its cause ----

create function jobs.enqueue(task text, payload json, run_at timestamptz default null, job_key text default null)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(
    task, payload, run_at => coalesce(run_at, now()), max_attempts => 12, job_key => job_key);
end $$;

-- Many at once: one call for each of five thousand letters takes fifty times as long.
create function jobs.enqueue_all(task text, payloads json[], run_at timestamptz)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_jobs(array(
    select (task, payload, null, run_at, 12, null, null, null)::graphile_worker.job_spec
    from unnest(payloads) payload));
end $$;

create function jobs.withdraw(key text)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.remove_job(key);
end $$;

revoke all on function jobs.enqueue, jobs.enqueue_all, jobs.withdraw from public;

-- grants, along the ladder only ------------------------------------------------------------------

grant usage on schema vault to callroom_vault, callroom_identity;
grant select, insert, update, delete on all tables in schema vault to callroom_vault, callroom_identity;

grant usage on schema identity to callroom_identity, callroom_coaching, callroom_stewardship;
grant select, insert, update, delete on all tables in schema identity to callroom_identity;
grant select (id, name, stage, roles, time_zone, hpke_key, signing_key, email_sealed)
  on identity.account to callroom_coaching, callroom_stewardship;
grant select on identity.community to callroom_coaching, callroom_stewardship;
grant insert on identity.invitation, identity.roster, identity.roster_line to callroom_stewardship;
grant select (id, email_sealed, roles, stage, expires_on), delete on identity.invitation to callroom_stewardship;
grant select (id, sponsor, letter_on, window_ends), delete on identity.roster to callroom_stewardship;
-- So that nobody who got a roster's letter gets another of the same sponsor's.
grant select (roster, email_index) on identity.roster_line to callroom_stewardship;

grant usage on schema coaching to callroom_coaching;
grant select, insert, update, delete on all tables in schema coaching to callroom_coaching;

grant usage on schema stewardship to callroom_stewardship;
grant select, insert, update, delete on all tables in schema stewardship to callroom_stewardship;

grant usage on schema jobs to callroom_identity, callroom_coaching, callroom_stewardship;
grant execute on function jobs.enqueue, jobs.withdraw to callroom_identity, callroom_coaching, callroom_stewardship;
grant execute on function jobs.enqueue_all to callroom_stewardship;
