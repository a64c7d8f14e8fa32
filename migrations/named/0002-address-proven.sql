-- True where the code could only be had at the invited address, or from who runs the server: whoever joins
-- with it has no address left to prove. A code that a steward was shown, or handed over, proves none.
alter table identity.invitation add column address_proven boolean not null default false;
