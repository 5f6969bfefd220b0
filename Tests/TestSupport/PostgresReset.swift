import Persistence

/// Brings the tables of a lent schema back to what its migrations left in them.
enum PostgresReset {
  /// Keeps a copy of every row that the migrations themselves put in, in tables of the same names in a schema beside.
  static func remember(_ database: any Database) async throws {
    try await database.write { tx in
      try tx.run(
        """
        DO $$ DECLARE t text; filled boolean; kept text := current_schema() || '_kept'; BEGIN
          EXECUTE format('CREATE SCHEMA %I', kept);
          FOR t IN
            SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', t) INTO filled;
            IF filled THEN EXECUTE format('CREATE TABLE %I.%I AS SELECT * FROM %I', kept, t, t); END IF;
          END LOOP;
        END $$
        """)
    }
  }

  /// Empties all tables, triggers and foreign keys asleep, and puts the kept rows back. DELETE, as TRUNCATE makes a new
  /// file for every table.
  static func reset(_ database: any Database) async throws {
    try await database.write { tx in
      try tx.run(
        """
        DO $$ DECLARE t text; kept text := current_schema() || '_kept'; BEGIN
          SET LOCAL session_replication_role = replica;
          FOR t IN
            SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' LOOP
            EXECUTE format('DELETE FROM %I', t);
          END LOOP;
          FOR t IN SELECT relname FROM pg_class WHERE relnamespace = kept::regnamespace AND relkind = 'r' LOOP
            EXECUTE format('INSERT INTO %I SELECT * FROM %I.%I', t, kept, t);
          END LOOP;
        END $$
        """)
    }
  }
}
