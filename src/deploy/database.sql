-- The role and the database of the nodes, for psql as the administrator:
--   ROLLCALL_DATABASE_PASSWORD=… psql -X -v ON_ERROR_STOP=1 -f database.sql
-- The database stays the administrator's: the role may connect and keep its tables there, and can neither drop it nor loosen
-- its settings. Without a password it ends with an error.
\getenv password ROLLCALL_DATABASE_PASSWORD
-- A failing statement would stand in the server's log, with the password.
SET log_min_error_statement = panic;
SET log_min_duration_statement = -1;
SET log_statement = none;

CREATE ROLE rollcall LOGIN PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE rollcall TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
-- Everybody may connect to every database unless that is taken away.
REVOKE ALL ON DATABASE rollcall, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE rollcall TO rollcall;
\connect rollcall
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO rollcall;
