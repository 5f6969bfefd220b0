import Persistence

extension DirectoryMigrations {
  /// The database itself copies names to the rows that are listed by them, so no undo, restore or import can leave a
  /// stale one behind. A student's words are the person's and the number, with and without its separators; the primary
  /// guardian stands beside the student, so that a page of the list asks for nobody else.
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
      {sqlite}CREATE TRIGGER directory_guardianship_new AFTER INSERT ON directory_guardianship
      WHEN NEW.is_primary AND NEW.deletion_id IS NULL BEGIN
        UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
          SELECT p.id, p.display_name, NEW.relation FROM directory_person AS p
          WHERE p.id = NEW.guardian_id AND p.deletion_id IS NULL)
        WHERE id = NEW.student_id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_guardianship_changed
      AFTER UPDATE OF is_primary, guardian_id, relation, deletion_id ON directory_guardianship BEGIN
        UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
          SELECT p.id, p.display_name, g.relation
          FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
          WHERE g.student_id = NEW.student_id AND g.is_primary AND g.deletion_id IS NULL AND p.deletion_id IS NULL)
        WHERE id = NEW.student_id;
      END
      """,
      """
      {sqlite}CREATE TRIGGER directory_guardian_changed AFTER UPDATE OF display_name, deletion_id ON directory_person
      WHEN NEW.display_name IS NOT OLD.display_name OR NEW.deletion_id IS NOT OLD.deletion_id BEGIN
        UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
          SELECT p.id, p.display_name, g.relation
          FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
          WHERE g.student_id = directory_student.id AND g.is_primary AND g.deletion_id IS NULL
            AND p.deletion_id IS NULL)
        WHERE id IN (SELECT g.student_id FROM directory_guardianship AS g WHERE g.guardian_id = NEW.id);
      END
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_guardian(student {id}) RETURNS void LANGUAGE sql AS $$
        UPDATE directory_student AS s
        SET (guardian_id, guardian_name, guardian_relation) = (
          SELECT p.id, p.display_name, g.relation
          FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
          WHERE g.student_id = s.id AND g.is_primary AND g.deletion_id IS NULL AND p.deletion_id IS NULL)
        WHERE s.id = student;
      $$
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_from_guardianship() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' OR NEW.is_primary THEN
          PERFORM directory_copy_guardian(NEW.student_id);
        END IF;
        RETURN NULL;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_guardianship_changed
      AFTER INSERT OR UPDATE OF is_primary, guardian_id, relation, deletion_id
      ON directory_guardianship FOR EACH ROW EXECUTE FUNCTION directory_copy_from_guardianship()
      """,
      """
      {postgres}CREATE FUNCTION directory_copy_from_guardian() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM directory_copy_guardian(g.student_id) FROM directory_guardianship AS g WHERE g.guardian_id = NEW.id;
        RETURN NULL;
      END $$
      """,
      """
      {postgres}CREATE TRIGGER directory_guardian_changed AFTER UPDATE ON directory_person FOR EACH ROW
      WHEN ((NEW.display_name, NEW.deletion_id) IS DISTINCT FROM (OLD.display_name, OLD.deletion_id))
      EXECUTE FUNCTION directory_copy_from_guardian()
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
      "{sqlite}DROP TRIGGER directory_guardian_changed",
      "{sqlite}DROP TRIGGER directory_guardianship_changed",
      "{sqlite}DROP TRIGGER directory_guardianship_new",
      "{postgres}DROP TRIGGER directory_guardian_changed ON directory_person",
      "{postgres}DROP TRIGGER directory_guardianship_changed ON directory_guardianship",
      "{postgres}DROP FUNCTION directory_copy_from_guardian()",
      "{postgres}DROP FUNCTION directory_copy_from_guardianship()",
      "{postgres}DROP FUNCTION directory_copy_guardian(UUID)",
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
}
