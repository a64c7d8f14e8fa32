-- The nameless cluster from its first day: no table of it ever names an account, and no transaction
-- reaches both clusters (rule 1). Circles, passes and answers move in with the next issue.
create schema pass;

-- What this cluster is for, so that a restore into the wrong one is refused.
create table pass.cluster (
  only_one boolean primary key default true check (only_one),
  purpose text not null check (purpose = 'nameless')
);
insert into pass.cluster (purpose) values ('nameless');
