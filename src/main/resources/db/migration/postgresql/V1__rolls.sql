-- The same as SQLite's tables. Instants are epoch milliseconds. A roll stays here while it is open and, with ended_at set,
-- while its sheet is kept; owner is the teacher who started it, NULL if no teacher was configured then.
CREATE TABLE roll (
  roll_no    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  roll_id    TEXT   NOT NULL UNIQUE,
  class_id   BIGINT NOT NULL,
  owner      TEXT,
  started_at BIGINT NOT NULL,
  ended_at   BIGINT,
  last_seq   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL
-- Each batch updates the row: with room on its page no index has to know.
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- A class has at most one open roll.
CREATE UNIQUE INDEX open_roll ON roll (class_id) WHERE ended_at IS NULL;

-- The key holds a student to one row in a roll, whoever asks how often. No foreign key: its check of every row would only find the
-- roll that the transaction holds the lock of.
CREATE TABLE presence (
  roll_no    BIGINT NOT NULL,
  student_id TEXT   NOT NULL CHECK (length(student_id) BETWEEN 1 AND 64),
  seq        BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (roll_no, student_id)
-- Erased rows are to be gone soon, however many others there are.
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_insert_scale_factor = 0.2);

-- Written to find out whether the store can be written again.
CREATE TABLE probe (
  at BIGINT NOT NULL
);
INSERT INTO probe (at) VALUES (0);
