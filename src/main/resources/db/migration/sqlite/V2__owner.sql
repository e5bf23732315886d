-- The teacher who started the roll; NULL if no teacher was configured then, so that only an admin may use it later.
ALTER TABLE roll ADD COLUMN owner TEXT;
