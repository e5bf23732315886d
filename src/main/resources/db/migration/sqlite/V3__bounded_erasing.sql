-- An erased roll leaves the table roll at once and its presences in bounded steps. Its number stays here until they are gone.
CREATE TABLE erased_roll (
  roll_no INTEGER PRIMARY KEY
) STRICT;

-- AUTOINCREMENT never gives a number twice: a new roll must not get the presences of an erased one.
CREATE TABLE new_roll (
  roll_no    INTEGER PRIMARY KEY AUTOINCREMENT,
  roll_id    TEXT    NOT NULL UNIQUE,
  class_id   INTEGER NOT NULL,
  owner      TEXT,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  last_seq   INTEGER NOT NULL,
  last_at    INTEGER NOT NULL
) STRICT;
INSERT INTO new_roll (roll_no, roll_id, class_id, owner, started_at, ended_at, last_seq, last_at)
SELECT roll_no, roll_id, class_id, owner, started_at, ended_at, last_seq, last_at FROM roll ORDER BY roll_no;

-- No foreign key: presences outlive their roll for a moment. The writer adds a presence only to a roll that it has just read.
CREATE TABLE new_presence (
  roll_no    INTEGER NOT NULL,
  student_id TEXT    NOT NULL CHECK (length(student_id) BETWEEN 1 AND 64),
  seq        INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (roll_no, student_id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_presence (roll_no, student_id, seq, at)
SELECT roll_no, student_id, seq, at FROM presence ORDER BY roll_no, student_id;

DROP TABLE presence;
DROP TABLE roll;
ALTER TABLE new_roll RENAME TO roll;
ALTER TABLE new_presence RENAME TO presence;

-- A class has at most one open roll.
CREATE UNIQUE INDEX open_roll ON roll (class_id) WHERE ended_at IS NULL;

-- Counts a teacher's open rolls; those of protected mode have no owner and count as one teacher's.
CREATE INDEX open_roll_of_teacher ON roll (coalesce(owner, '')) WHERE ended_at IS NULL;
