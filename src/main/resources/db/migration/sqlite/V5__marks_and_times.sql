-- The status that the teacher set for a student, and when; NULL while the teacher has not marked the student. seq is the number of the
-- row's last change. first_seq is the number with which the student first counted: NULL if it is seq, 0 if the student never counted.
-- at is the time of that change; for a student who never counted, of the first mark.
ALTER TABLE presence ADD COLUMN mark TEXT CHECK (mark IN ('present', 'late', 'excused', 'absent'));
ALTER TABLE presence ADD COLUMN marked_at INTEGER;
ALTER TABLE presence ADD COLUMN first_seq INTEGER;

-- How many changes of the roll added no student, and how many students the teacher marked as absent or excused. These numbers count only
-- what an older version does not know, so it can write the roll, too.
ALTER TABLE roll ADD COLUMN corrections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll ADD COLUMN absent INTEGER NOT NULL DEFAULT 0;

-- From when students are late, and when the roll ends by itself; NULL for never. The number and the time of the last change of these.
ALTER TABLE roll ADD COLUMN late_at INTEGER;
ALTER TABLE roll ADD COLUMN ends_at INTEGER;
ALTER TABLE roll ADD COLUMN times_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll ADD COLUMN times_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX roll_deadline ON roll (ends_at) WHERE ended_at IS NULL AND ends_at IS NOT NULL;

-- How many presences were refused after the roll had ended at its deadline.
ALTER TABLE roll ADD COLUMN after_end INTEGER NOT NULL DEFAULT 0;
CREATE INDEX roll_ended_at_deadline ON roll (ended_at) WHERE ended_at = ends_at;
