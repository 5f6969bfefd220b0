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

  /// Finding by the beginnings of words, which were cut in Swift, so both engines find alike: an ordinary table of
  /// words, in whose order a beginning is one short walk that can stop. FTS5 may not be written by triggers while the
  /// schema is not trusted, a GIN index cannot stop early, and only triggers see every undo and restore. It is derived
  /// from other rows by these triggers alone, so it has no foreign key. On SQLite, json_each cuts at the blanks.
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
      {sqlite}CREATE TRIGGER directory_student_words_changed AFTER UPDATE OF words ON directory_student
      WHEN NEW.words <> OLD.words BEGIN
        DELETE FROM directory_word WHERE person_id = OLD.person_id AND word IN (
          SELECT value FROM json_each(
            '["' || replace(replace(replace(OLD.words, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '');
        INSERT OR IGNORE INTO directory_word (word, person_id)
          SELECT value, NEW.person_id FROM json_each(
            '["' || replace(replace(replace(NEW.words, '\\', ' '), '"', ' '), ' ', '","') || '"]')
          WHERE value <> '';
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
        IF TG_OP = 'INSERT' THEN
          PERFORM directory_replace_words(NEW.person_id, '', NEW.words);
        ELSIF NEW.words <> OLD.words THEN
          PERFORM directory_replace_words(OLD.person_id, OLD.words, '');
          PERFORM directory_replace_words(NEW.person_id, '', NEW.words);
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
      "DROP TABLE directory_word",
    ])
}
