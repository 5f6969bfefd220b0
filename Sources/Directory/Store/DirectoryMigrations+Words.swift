import Persistence

extension DirectoryMigrations {
  /// Finding by the beginnings of words, which were cut in Swift, so both engines find alike: an ordinary table of
  /// words, in whose order a beginning is one short walk that can stop. FTS5 may not be written by triggers while the
  /// schema is not trusted, a GIN index cannot stop early, and only triggers see every undo and restore. It is derived
  /// from other rows by these triggers alone, so it has no foreign key. On SQLite, json_each cuts at the blanks.
  ///
  /// Students, who are looked for all day, have a table of their own: under each word they stand in the order of their
  /// list, so the first page of a word that thousands share is a walk of fifty steps. It knows only those who live.
  static let words = Migration(
    "20261121_1007_directory_words",
    up: [
      """
      {sqlite}CREATE TABLE directory_word (
        word TEXT NOT NULL,
        person_id BLOB NOT NULL,
        PRIMARY KEY (word, person_id)
      ) STRICT, WITHOUT ROWID
      """,
      """
      {postgres}CREATE TABLE directory_word (
        word {text} NOT NULL,
        person_id {id} NOT NULL,
        PRIMARY KEY (word, person_id)
      )
      """,
      """
      {sqlite}CREATE TABLE directory_student_word (
        word TEXT NOT NULL,
        sort_name TEXT NOT NULL,
        student_id BLOB NOT NULL,
        PRIMARY KEY (word, sort_name, student_id)
      ) STRICT, WITHOUT ROWID
      """,
      """
      {postgres}CREATE TABLE directory_student_word (
        word {text} NOT NULL,
        sort_name {text} NOT NULL,
        student_id {id} NOT NULL,
        PRIMARY KEY (word, sort_name, student_id)
      )
      """,
      """
      {sqlite}CREATE TRIGGER directory_person_words_new AFTER INSERT ON directory_person BEGIN
        INSERT OR IGNORE INTO directory_word (word, person_id)
          SELECT value, NEW.id FROM json_each(
            '["' || replace(replace(replace(NEW.search_name, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '';
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_person_words_changed AFTER UPDATE OF search_name ON directory_person
      WHEN NEW.search_name IS NOT OLD.search_name BEGIN
        DELETE FROM directory_word WHERE person_id = NEW.id AND word IN (
          SELECT value FROM json_each(
            '["' || replace(replace(replace(OLD.search_name, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '');
        INSERT OR IGNORE INTO directory_word (word, person_id)
          SELECT value, NEW.id FROM json_each(
            '["' || replace(replace(replace(NEW.search_name, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '';
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_student_words_changed
      AFTER UPDATE OF words, sort_name, deletion_id ON directory_student
      WHEN NEW.words IS NOT OLD.words OR NEW.sort_name IS NOT OLD.sort_name
        OR (NEW.deletion_id IS NULL) <> (OLD.deletion_id IS NULL) BEGIN
        DELETE FROM directory_student_word WHERE sort_name = OLD.sort_name AND student_id = OLD.id AND word IN (
          SELECT value FROM json_each(
            '["' || replace(replace(replace(OLD.words, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '');
        INSERT OR IGNORE INTO directory_student_word (word, sort_name, student_id)
          SELECT value, NEW.sort_name, NEW.id FROM json_each(
            '["' || replace(replace(replace(NEW.words, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '' AND NEW.deletion_id IS NULL;
      END
      """,
      """
      {postgres}CREATE FUNCTION directory_replace_words(person {id}, before TEXT, after TEXT) RETURNS void
      LANGUAGE sql AS $$
        DELETE FROM directory_word WHERE person_id = person AND word = ANY (string_to_array(before, ' '));
        INSERT INTO directory_word (word, person_id)
          SELECT DISTINCT cut, person FROM unnest(string_to_array(after, ' ')) AS cut WHERE cut <> ''
          ON CONFLICT DO NOTHING;
      $$
      """,
      """
      {postgres}CREATE FUNCTION directory_words_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          PERFORM directory_replace_words(NEW.id, '', NEW.search_name);
        ELSIF NEW.search_name <> OLD.search_name THEN
          PERFORM directory_replace_words(NEW.id, OLD.search_name, NEW.search_name);
        END IF;
        RETURN NULL;
      END $$
      """,
      """
      {postgres}CREATE FUNCTION directory_words_of_student() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF (NEW.words, NEW.sort_name, NEW.deletion_id IS NULL)
            = (OLD.words, OLD.sort_name, OLD.deletion_id IS NULL) THEN
            RETURN NULL;
          END IF;
          DELETE FROM directory_student_word WHERE sort_name = OLD.sort_name AND student_id = OLD.id
            AND word = ANY (string_to_array(OLD.words, ' '));
        END IF;
        IF NEW.deletion_id IS NULL THEN
          INSERT INTO directory_student_word (word, sort_name, student_id)
            SELECT DISTINCT cut, NEW.sort_name, NEW.id FROM unnest(string_to_array(NEW.words, ' ')) AS cut
            WHERE cut <> '' ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_person_words AFTER INSERT OR UPDATE ON directory_person
      FOR EACH ROW EXECUTE FUNCTION directory_words_of_person()
      """,
      """
      {postgres}CREATE TRIGGER directory_student_words AFTER INSERT OR UPDATE ON directory_student
      FOR EACH ROW EXECUTE FUNCTION directory_words_of_student()
      """,
    ],
    down: [
      "{postgres}DROP TRIGGER directory_student_words ON directory_student",
      "{postgres}DROP TRIGGER directory_person_words ON directory_person",
      "{postgres}DROP FUNCTION directory_words_of_student()",
      "{postgres}DROP FUNCTION directory_words_of_person()",
      "{postgres}DROP FUNCTION directory_replace_words(UUID, TEXT, TEXT)",
      "{sqlite}DROP TRIGGER directory_student_words_changed",
      "{sqlite}DROP TRIGGER directory_person_words_changed",
      "{sqlite}DROP TRIGGER directory_person_words_new",
      "DROP TABLE directory_student_word",
      "DROP TABLE directory_word",
    ])
}
