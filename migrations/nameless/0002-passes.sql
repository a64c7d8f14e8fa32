-- Passes where nobody is known: a copy of the key log with the crowd behind each key, what was spent, and the
-- challenges that badges are shown on. No clock finer than a day, no sequence, no order: the nightly copy
-- (platform/server/shuffle.ts) takes away what PostgreSQL keeps of it by itself.

create table pass.logged_key (
  -- Place in the log, from 0. Only grows, and is the same on both sides.
  position integer primary key check (position >= 0),
  purpose text not null,
  name text not null,
  issued_from date not null,
  issued_until date not null,
  begins_from date not null,
  begins_until date not null,
  ends_on date not null,
  spki bytea not null,
  -- The operator's word, once a day.
  holders integer not null default 0 check (holders >= 0),
  -- It stays so when holders leave afterwards.
  opened boolean not null default false,
  -- `closed`: a backup made while it counted was restored; nothing begins under it. `over`: its days have passed and
  -- its spent list is destroyed, so that no wrong clock may let it count again.
  standing text not null default 'counts' check (standing in ('counts', 'closed', 'over')),
  unique (purpose, name)
);

-- A partition for each key, made with it and dropped when its passes don't count any more.
create table pass.spent (
  -- Purpose and name of the key's period.
  key text not null,
  -- SHA-256 of the message that was signed.
  pass bytea not null check (length(pass) = 32),
  -- SHA-256 of what it was spent on.
  act bytea not null check (length(act) = 32),
  -- What the act was answered, for when it is done again. Null only within the act's own transaction.
  answer jsonb,
  primary key (key, pass)
) partition by list (key);

-- Unlogged: after a crash both are empty, and every challenge from before is void. Neither holds a time.
create unlogged table pass.challenge_root (
  only_one boolean primary key default true check (only_one),
  root bytea not null check (length(root) = 32)
);
create unlogged table pass.used_challenge (
  nonce bytea primary key check (length(nonce) = 16)
);

-- Called by a restore in the transaction that brings the rows back, as on the named side: who spent what between
-- the two days is not known any more.
create function pass.after_restore(made_on date, restored_on date) returns void language sql
  set search_path = pg_catalog as $$
  update pass.logged_key set standing = 'closed'
    where standing = 'counts' and issued_from <= greatest(made_on, restored_on) and ends_on >= made_on
$$;
revoke all on function pass.after_restore from public;

grant usage on schema pass to callroom_pass;
grant select on pass.logged_key to callroom_pass;
grant select, insert on pass.spent, pass.challenge_root, pass.used_challenge to callroom_pass;
grant update (answer) on pass.spent to callroom_pass;
