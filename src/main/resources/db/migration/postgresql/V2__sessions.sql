-- The logins of teachers who came by the form: Spring Session's tables. Instants are epoch milliseconds.
CREATE TABLE teacher_session (
  primary_id            TEXT    NOT NULL PRIMARY KEY,
  session_id            TEXT    NOT NULL UNIQUE,
  creation_time         BIGINT  NOT NULL,
  last_access_time      BIGINT  NOT NULL,
  max_inactive_interval INTEGER NOT NULL,
  expiry_time           BIGINT  NOT NULL,
  principal_name        TEXT
);

CREATE INDEX teacher_session_expiry ON teacher_session (expiry_time);

CREATE TABLE teacher_session_attributes (
  session_primary_id TEXT  NOT NULL REFERENCES teacher_session (primary_id) ON DELETE CASCADE,
  attribute_name     TEXT  NOT NULL,
  attribute_bytes    BYTEA NOT NULL,
  PRIMARY KEY (session_primary_id, attribute_name)
);
