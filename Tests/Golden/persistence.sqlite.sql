CREATE TABLE part (
  id BLOB NOT NULL PRIMARY KEY,
  thing_id BLOB NOT NULL REFERENCES thing (id) ON DELETE RESTRICT,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE schema_migration (
  name TEXT NOT NULL PRIMARY KEY,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE thing (
  id BLOB NOT NULL PRIMARY KEY,
  number INTEGER CHECK (number <> 13),
  name TEXT,
  code TEXT CONSTRAINT thing_code_short CHECK (length(code) < 10),
  truth INTEGER,
  born_on TEXT,
  made_at INTEGER,
  price INTEGER,
  weight INTEGER,
  bytes BLOB,
  UNIQUE (name, code)
) STRICT;

CREATE UNIQUE INDEX thing_number_once ON thing (number);
