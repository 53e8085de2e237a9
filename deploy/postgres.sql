-- The three roles and the database of the ledger. A superuser runs it once for each database,
-- so again for an empty one beside it to restore a backup into:
--   psql -v database=ledger -v owner_password=… -v app_password=… -f deploy/postgres.sql
--
-- ledger_owner         owns the tables and migrates them (MIGRATION_DATABASE_URL)
-- ledger_app           what the application signs in as (DATABASE_URL): sees the county that it has entered
-- ledger_all_counties  nobody's sign-in; the application takes it for one statement at a time where the code
--                      says all_counties. ledger_app does not inherit it, so nothing is seen by accident.
\set ON_ERROR_STOP on
-- Roles belong to the server: where they are already, they stay as they are, with their passwords.
select 'create role ledger_all_counties nologin'
  where not exists (select from pg_roles where rolname = 'ledger_all_counties') \gexec
select format('create role ledger_owner login inherit password %L', :'owner_password')
  where not exists (select from pg_roles where rolname = 'ledger_owner') \gexec
select format('create role ledger_app login noinherit password %L', :'app_password')
  where not exists (select from pg_roles where rolname = 'ledger_app') \gexec
grant ledger_all_counties to ledger_owner, ledger_app;

-- Locale C: the same order of names on every machine, and the same as in SQLite.
create database :"database" owner ledger_owner template template0 encoding 'UTF8' locale 'C';
revoke all on database :"database" from public;
grant connect on database :"database" to ledger_app;

\connect :"database"
revoke all on schema public from public;
grant all on schema public to ledger_owner;
grant usage on schema public to ledger_app, ledger_all_counties;
alter default privileges for role ledger_owner in schema public
  grant select, insert, update, delete on tables to ledger_app, ledger_all_counties;
