-- An erased roll leaves the table roll at once and its presences in bounded steps. Its number stays here until they are gone.
CREATE TABLE erased_roll (
  roll_no BIGINT PRIMARY KEY
);

-- Counts a teacher's open rolls; rolls without an owner count as one teacher's.
CREATE INDEX open_roll_of_teacher ON roll (coalesce(owner, '')) WHERE ended_at IS NULL;
