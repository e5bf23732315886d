-- Whether presences need a code, and the secret from which the codes are computed: 16 bytes in hexadecimal, erased at the end of the roll.
-- It stays when the teacher stops asking for a code, so that a repeated presence with an earlier code gets its first answer.
ALTER TABLE roll ADD COLUMN code_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll ADD COLUMN code_key TEXT;

-- The secret with which all servers of this store sign the times in students' forms.
CREATE TABLE ticket_key (key TEXT NOT NULL);
INSERT INTO ticket_key (key) VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

-- The addresses of projectors that show an open roll without a login. The token is stored as a hash.
CREATE TABLE projector (
    token   TEXT NOT NULL PRIMARY KEY,
    roll_no BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX projector_roll ON projector (roll_no);
