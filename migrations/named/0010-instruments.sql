-- Questionnaires that a community's stewards added, with the licence that the host says it has. Public to all
-- members. No row tells who added it, nor when; the log of decisions tells that somebody did.

create schema reflect;

create table reflect.instrument (
  -- Of the scorer that fits it: one of each.
  id text primary key check (id ~ '^[a-z0-9-]{1,60}$'),
  -- The FHIR file as src/reflect/instrument/instrument.ts read it.
  questionnaire text not null check (length(questionnaire) <= 131072),
  licence jsonb not null check (length(licence::text) <= 4096)
);

-- grants, along the ladder only ------------------------------------------------------------------

grant usage on schema reflect to callroom_reflect;
grant select, insert, update, delete on reflect.instrument to callroom_reflect;

grant usage on schema decisions to callroom_reflect;
grant execute on function decisions.log to callroom_reflect;
