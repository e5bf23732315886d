-- 1 after a roll has ended by itself, until its sheet was handed over.
ALTER TABLE roll ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;

-- The served time at which the roll ends (while it is open) or is erased (after its end). NULL until the upkeep has seen the roll in
-- its present state: the period begins then.
ALTER TABLE roll ADD COLUMN due INTEGER;
CREATE INDEX roll_due ON roll (due);

-- How long servers have run on this store, in milliseconds, and what the clock showed when that was saved.
CREATE TABLE served_time (
  served INTEGER NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
INSERT INTO served_time (served, at) VALUES (0, 0);
