import Persistence

extension DirectoryMigrations {
  /// The database itself copies names to the rows that are listed by them, so no undo, restore or import can leave a
  /// stale one behind. A student's words are the person's and the number, with and without its separators.
  static let studentCopies = Migration(
    "20261121_1006_directory_copies",
    up: [
      """
      {sqlite}CREATE TRIGGER directory_student_new AFTER INSERT ON directory_student BEGIN
        UPDATE directory_student
        SET (sort_name, display_name, other_name, other_language, birth_on, words) = (
          SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
            p.search_name || ' '
            || lower(replace(replace(replace(replace(NEW.number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
            || lower(replace(replace(replace(replace(NEW.number, '-', ''), '/', ''), '.', ''), '_', ''))
          FROM directory_person AS p WHERE p.id = NEW.person_id)
        WHERE id = NEW.id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_student_changed AFTER UPDATE OF number, person_id ON directory_student
      WHEN NEW.number IS NOT OLD.number OR NEW.person_id IS NOT OLD.person_id BEGIN
        UPDATE directory_student
        SET (sort_name, display_name, other_name, other_language, birth_on, words) = (
          SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
            p.search_name || ' '
            || lower(replace(replace(replace(replace(NEW.number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
            || lower(replace(replace(replace(replace(NEW.number, '-', ''), '/', ''), '.', ''), '_', ''))
          FROM directory_person AS p WHERE p.id = NEW.person_id)
        WHERE id = NEW.id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_staff_new AFTER INSERT ON directory_staff BEGIN
        UPDATE directory_staff SET (sort_name, display_name) = (
          SELECT p.sort_name, p.display_name FROM directory_person AS p WHERE p.id = NEW.person_id)
        WHERE id = NEW.id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_person_renamed
      AFTER UPDATE OF sort_name, display_name, other_name, other_language, birth_on, search_name ON directory_person
      WHEN NEW.sort_name IS NOT OLD.sort_name OR NEW.display_name IS NOT OLD.display_name
        OR NEW.other_name IS NOT OLD.other_name OR NEW.other_language IS NOT OLD.other_language
        OR NEW.birth_on IS NOT OLD.birth_on OR NEW.search_name IS NOT OLD.search_name BEGIN
        UPDATE directory_student
        SET sort_name = NEW.sort_name, display_name = NEW.display_name, other_name = NEW.other_name,
          other_language = NEW.other_language, birth_on = NEW.birth_on,
          words = NEW.search_name || ' '
            || lower(replace(replace(replace(replace(number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
            || lower(replace(replace(replace(replace(number, '-', ''), '/', ''), '.', ''), '_', ''))
        WHERE person_id = NEW.id;
        UPDATE directory_staff SET sort_name = NEW.sort_name, display_name = NEW.display_name
        WHERE person_id = NEW.id;
      END
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_to_student() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
          p.search_name || ' ' || lower(translate(NEW.number, '-/._', '    ')) || ' '
          || lower(translate(NEW.number, '-/._', ''))
        INTO NEW.sort_name, NEW.display_name, NEW.other_name, NEW.other_language, NEW.birth_on, NEW.words
        FROM directory_person AS p WHERE p.id = NEW.person_id;
        RETURN NEW;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_student_named BEFORE INSERT OR UPDATE OF number, person_id
      ON directory_student FOR EACH ROW EXECUTE FUNCTION directory_copy_to_student()
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_to_staff() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        SELECT p.sort_name, p.display_name INTO NEW.sort_name, NEW.display_name
        FROM directory_person AS p WHERE p.id = NEW.person_id;
        RETURN NEW;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_staff_named BEFORE INSERT OR UPDATE OF person_id
      ON directory_staff FOR EACH ROW EXECUTE FUNCTION directory_copy_to_staff()
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_from_person() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE directory_student SET person_id = person_id WHERE person_id = NEW.id;
        UPDATE directory_staff SET person_id = person_id WHERE person_id = NEW.id;
        RETURN NULL;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_person_renamed AFTER UPDATE ON directory_person FOR EACH ROW
      WHEN ((NEW.sort_name, NEW.display_name, NEW.other_name, NEW.other_language, NEW.birth_on, NEW.search_name)
        IS DISTINCT FROM
        (OLD.sort_name, OLD.display_name, OLD.other_name, OLD.other_language, OLD.birth_on, OLD.search_name))
      EXECUTE FUNCTION directory_copy_from_person()
      """,
    ],
    down: [
      "{sqlite}DROP TRIGGER directory_person_renamed",
      "{sqlite}DROP TRIGGER directory_staff_new",
      "{sqlite}DROP TRIGGER directory_student_changed",
      "{sqlite}DROP TRIGGER directory_student_new",
      "{postgres}DROP TRIGGER directory_person_renamed ON directory_person",
      "{postgres}DROP TRIGGER directory_staff_named ON directory_staff",
      "{postgres}DROP TRIGGER directory_student_named ON directory_student",
      "{postgres}DROP FUNCTION directory_copy_from_person()",
      "{postgres}DROP FUNCTION directory_copy_to_staff()",
      "{postgres}DROP FUNCTION directory_copy_to_student()",
    ])

  /// Finding by the beginnings of words. SQLite: FTS5 without content of its own, whose row numbers stand in a small
  /// table, because the implicit ones of a table may change when the file is compacted. PostgreSQL: a GIN index over the
  /// words, which were cut in Swift, so both engines find alike.
  static let words = Migration(
    "20261121_1007_directory_words",
    up: [
      "{sqlite}CREATE TABLE directory_person_no (no INTEGER PRIMARY KEY, person_id BLOB NOT NULL UNIQUE) STRICT",
      "{sqlite}CREATE TABLE directory_student_no (no INTEGER PRIMARY KEY, student_id BLOB NOT NULL UNIQUE) STRICT",
      """
      {sqlite}CREATE VIRTUAL TABLE directory_person_fts USING fts5(
        words, content='', prefix='3 4', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")
      """,
      """
      {sqlite}CREATE VIRTUAL TABLE directory_student_fts USING fts5(
        words, content='', prefix='3 4', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")
      """,
      """
      {sqlite}CREATE TRIGGER directory_person_words_new AFTER INSERT ON directory_person BEGIN
        INSERT INTO directory_person_no (person_id) VALUES (NEW.id);
        INSERT INTO directory_person_fts (rowid, words) VALUES (last_insert_rowid(), NEW.search_name);
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_person_words_changed AFTER UPDATE OF search_name ON directory_person
      WHEN NEW.search_name IS NOT OLD.search_name BEGIN
        INSERT INTO directory_person_fts (directory_person_fts, rowid, words)
          SELECT 'delete', no, OLD.search_name FROM directory_person_no WHERE person_id = NEW.id;
        INSERT INTO directory_person_fts (rowid, words)
          SELECT no, NEW.search_name FROM directory_person_no WHERE person_id = NEW.id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_student_words_new AFTER UPDATE OF words ON directory_student
      WHEN OLD.words = '' AND NEW.words <> '' BEGIN
        INSERT INTO directory_student_no (student_id) VALUES (NEW.id);
        INSERT INTO directory_student_fts (rowid, words) VALUES (last_insert_rowid(), NEW.words);
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_student_words_changed AFTER UPDATE OF words ON directory_student
      WHEN OLD.words <> '' AND NEW.words <> OLD.words BEGIN
        INSERT INTO directory_student_fts (directory_student_fts, rowid, words)
          SELECT 'delete', no, OLD.words FROM directory_student_no WHERE student_id = NEW.id;
        INSERT INTO directory_student_fts (rowid, words)
          SELECT no, NEW.words FROM directory_student_no WHERE student_id = NEW.id;
      END
      """,
      """
      {postgres}CREATE INDEX directory_person_words ON directory_person
      USING gin (array_to_tsvector(array_remove(string_to_array(search_name, ' '), ''))) WHERE deletion_id IS NULL
      """,
      """
      {postgres}CREATE INDEX directory_student_words ON directory_student
      USING gin (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) WHERE deletion_id IS NULL
      """,
    ],
    down: [
      "{postgres}DROP INDEX directory_student_words",
      "{postgres}DROP INDEX directory_person_words",
      "{sqlite}DROP TRIGGER directory_student_words_changed",
      "{sqlite}DROP TRIGGER directory_student_words_new",
      "{sqlite}DROP TRIGGER directory_person_words_changed",
      "{sqlite}DROP TRIGGER directory_person_words_new",
      "{sqlite}DROP TABLE directory_student_fts",
      "{sqlite}DROP TABLE directory_person_fts",
      "{sqlite}DROP TABLE directory_student_no",
      "{sqlite}DROP TABLE directory_person_no",
    ])
}
