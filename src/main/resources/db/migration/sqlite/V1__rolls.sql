-- Instants are epoch milliseconds. A roll stays here while it is open and, with ended_at set, while its sheet is kept.
CREATE TABLE roll (
  roll_no    INTEGER PRIMARY KEY,
  roll_id    TEXT    NOT NULL UNIQUE,
  class_id   INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  last_seq   INTEGER NOT NULL,
  last_at    INTEGER NOT NULL
) STRICT;

-- A class has at most one open roll.
CREATE UNIQUE INDEX open_roll ON roll (class_id) WHERE ended_at IS NULL;

-- The key holds a student to one row in a roll, whoever asks how often.
CREATE TABLE presence (
  roll_no    INTEGER NOT NULL REFERENCES roll,
  student_id TEXT    NOT NULL CHECK (length(student_id) BETWEEN 1 AND 64),
  seq        INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (roll_no, student_id)
) STRICT, WITHOUT ROWID;

-- Written to find out whether the store can be written again.
CREATE TABLE probe (
  at INTEGER NOT NULL
) STRICT;
INSERT INTO probe (at) VALUES (0);
