-- Creates the role and the database of the nodes. Run it with psql as the administrator:
--   ROLLCALL_DATABASE_PASSWORD=… psql -X -v ON_ERROR_STOP=1 -f database.sql
-- The administrator owns the database. The role may connect and create its tables there, but can neither drop the database
-- nor change its settings. Without the variable the script ends with an error.
\getenv password ROLLCALL_DATABASE_PASSWORD
-- Otherwise the server would log a failed statement, with the password in it.
SET log_min_error_statement = panic;
SET log_min_duration_statement = -1;
SET log_statement = none;

CREATE ROLE rollcall LOGIN PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE rollcall TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
-- By default every role may connect to every database.
REVOKE ALL ON DATABASE rollcall, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE rollcall TO rollcall;
\connect rollcall
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO rollcall;
