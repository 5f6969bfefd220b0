CREATE TABLE part (
  id uuid NOT NULL,
  thing_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  CONSTRAINT part_pkey PRIMARY KEY (id),
  CONSTRAINT part_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES thing(id) ON DELETE RESTRICT
);

CREATE TABLE schema_migration (
  name text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied_at bigint NOT NULL,
  CONSTRAINT schema_migration_pkey PRIMARY KEY (name)
);

CREATE TABLE thing (
  id uuid NOT NULL,
  number bigint,
  name text COLLATE "C",
  code text COLLATE "C",
  truth boolean,
  born_on date,
  made_at bigint,
  price bigint,
  weight bigint,
  bytes bytea,
  CONSTRAINT thing_pkey PRIMARY KEY (id),
  CONSTRAINT thing_name_code_key UNIQUE (name, code),
  CONSTRAINT thing_code_short CHECK (length(code) < 10),
  CONSTRAINT thing_number_check CHECK (number <> 13)
);
CREATE UNIQUE INDEX thing_number_once ON thing USING btree (number);
