-- The weekly letter: the same to everybody who asked for it. No row tells when they did, nor what they do here.

alter table identity.account
  -- True where a letter to the address led to this account or brought a code that was typed in. Who joined before
  -- this was kept confirms it once more.
  add column address_confirmed boolean not null default false,
  add column weekly_letter boolean not null default false,
  add constraint weekly_letter_goes_to_confirmed_address check (address_confirmed or not weekly_letter);

create table identity.letter_week (
  only_one boolean primary key default true check (only_one),
  -- The last one whose letters were put into the queue, as ISO 8601 writes it: 2026-W48.
  week text not null check (week ~ '^\d{4}-W\d\d$')
);

-- grants, along the ladder only ------------------------------------------------------------------

grant select, insert, update, delete on identity.letter_week to callroom_identity;
grant execute on function jobs.enqueue_all to callroom_identity;
