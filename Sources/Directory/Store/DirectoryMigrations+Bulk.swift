import Persistence

extension DirectoryMigrations {
  /// Edits of many students at once, and whose turn is still to come. Students are named without a reference: one who
  /// is gone for good by the time of his or her turn is told of and passed over.
  static let bulk = Migration(
    "20261121_1100_directory_bulk",
    up: [
      """
      CREATE TABLE directory_bulk_change (
        id {id} NOT NULL PRIMARY KEY,
        edit {json} NOT NULL,
        account_id {id},
        schools {json} NOT NULL,
        at {instant} NOT NULL,
        total {int} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('changing', 'done', 'undoing', 'undone')),
        changed {int} NOT NULL,
        unchanged {int} NOT NULL,
        refused {int} NOT NULL,
        refusals {json} NOT NULL,
        left_alone {int} NOT NULL,
        job_id {id},
        finished_at {instant}
      ) {strict}
      """,
      """
      CREATE TABLE directory_bulk_student (
        change_id {id} NOT NULL REFERENCES directory_bulk_change (id),
        student_id {id} NOT NULL,
        PRIMARY KEY (change_id, student_id)
      ) {strict}
      """,
    ],
    down: ["DROP TABLE directory_bulk_student", "DROP TABLE directory_bulk_change"])
}
