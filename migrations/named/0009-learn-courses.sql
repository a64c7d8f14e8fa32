-- Courses that this community's stewards add to the catalogue. No row tells who added it, nor when.

create schema learn;

create table learn.course (
  id uuid primary key,
  -- As src/learn/contract.ts checked it.
  course jsonb not null check (length(course::text) <= 8192)
);

-- grants, along the ladder only ------------------------------------------------------------------

grant usage on schema learn to callroom_learn;
grant select, insert, delete on learn.course to callroom_learn;
