extension ProblemGuide {
  static let files: [Entry] = [
    Entry("BAD_USER_ID", "A user id is not written as {type:id}.", "Write each number that way."),
    Entry(
      "CSV_BAD_QUOTE", "A quote stands in the middle of a field.", "Put the field into quotes, double those in it."),
    Entry("CSV_EMPTY", "The file has no rows.", "Its first row must name the columns."),
    Entry("CSV_FIELD_TOO_LONG", "A field is longer than any we know.", "Look for a quote that is never closed."),
    Entry("CSV_NUL", "The file has NUL bytes, so it is no plain text.", "Save it as CSV, UTF-8."),
    Entry("CSV_OPEN_QUOTE", "A quote is opened and never closed.", "Close it in the row the detail names."),
    Entry("CSV_ROW_TOO_LONG", "A row is longer than any we know.", "Look for a quote that is never closed."),
    Entry("CSV_TOO_LARGE", "The file is larger than we take.", "Split it, for example by school."),
    Entry("CSV_TOO_MANY_COLUMNS", "The file has more columns than we take.", "Keep the columns that are needed."),
    Entry("CSV_TOO_MANY_ROWS", "The file has more rows than we take.", "Split it, for example by school."),
    Entry("CSV_WRONG_ENCODING", "The file is not in UTF-8.", "Save it as CSV, UTF-8."),
    Entry("DATES_REVERSED", "A last day lies before its first.", "Correct the two days."),
    Entry("DATE_ORDER_MIXED", "Some dates begin with the day and others with the month.", "Write all as 2026-09-01."),
    Entry("DATE_ORDER_UNCLEAR", "Whether day or month comes first cannot be told.", "Write all as 2026-09-01."),
    Entry("FILE_NOT_READ", "A file of the folder could not be read.", "Check that it is there and may be read."),
    Entry("GZIP_BROKEN", "The bytes are no complete gzip stream.", "Send them again."),
    Entry("GZIP_TOO_LARGE", "The stream unpacks to more than we take.", "Send less at a time."),
    Entry("IMPORT_FILES_GONE", "Files of an import are kept for 30 days.", "Send the file again."),
    Entry(
      "IMPORT_HAS_ERRORS", "Rows have errors, and all or nothing was asked for.",
      "Correct the rows and send the file again, or import the good rows only."),
    Entry("IMPORT_SCHOOL_REQUIRED", "The file does not say the school of its rows.", "Choose their school."),
    Entry("IMPORT_STATE", "The import stands at another step now.", "Load its page again."),
    Entry("NO_FAILED_ROWS", "No row of the import has an error.", "There is nothing to download."),
    Entry("NO_ROLE", "A user of the package is nothing at any school.", "Give the user a role."),
    Entry("NO_TERM", "A class of the package is in no term.", "Give the class at least one."),
    Entry("ONEROSTER_BAD_MANIFEST", "The manifest does not fit the package.", "Export the package again."),
    Entry("ONEROSTER_DELTA", "The package holds changes only.", "Export it as bulk, with everything."),
    Entry("PARENT_CIRCLE", "Organisations or periods stand below each other in a ring.", "Correct their parents."),
    Entry("RAGGED_ROW", "A row has another number of fields than the header.", "Look for a missing quote or comma."),
    Entry("ROSTER_BAD_MAPPING", "A column cannot mean what was chosen.", "Choose again in the step of columns."),
    Entry("ROSTER_DUPLICATE_COLUMN", "A column is there twice.", "Keep one of the two."),
    Entry("ROSTER_DUPLICATE_FILE", "A file is there twice.", "Keep one of the two."),
    Entry("ROSTER_MISSING_COLUMNS", "The file lacks columns that its format needs.", "Add the columns."),
    Entry("ROSTER_MISSING_FILE", "The package lacks a file that its format needs.", "Add the file, send all again."),
    Entry("ROSTER_MISSING_MEANING", "A column that is needed was not chosen.", "Choose it in the step of columns."),
    Entry("ROSTER_NOT_READABLE", "The folder or file is not there, or may not be read.", "Check its name and rights."),
    Entry("ROSTER_TOO_LARGE", "The files together are larger than we take.", "Split them, for example by school."),
    Entry("ROSTER_UNKNOWN_FORMAT", "The files are no roster we know.", "The guide to importing lists the formats."),
    Entry("ROW_DELETED", "The row says that the record is to be deleted.", "Imports delete nothing: do it by hand."),
    Entry("STATUS_NOT_KEPT", "The status in the file is not kept.", "Change it on the student's page."),
    Entry("UNKNOWN_REFERENCE", "A row refers to one that is not in the files.", "Add that row, or correct the id."),
    Entry("ZIP_BAD_NAME", "A name in the zip is no plain file name.", "Put the files at the top, in no folder."),
    Entry("ZIP_BOMB", "A file of the zip unpacks to far too much.", "Send the file itself, unpacked."),
    Entry("ZIP_BROKEN", "The zip cannot be read.", "Make it again, without a password."),
    Entry("ZIP_DUPLICATE_NAME", "Two files of the zip have one name.", "Keep one of them."),
    Entry("ZIP_TOO_LARGE", "The zip, or a file in it, is too large.", "Split it, for example by school."),
    Entry("ZIP_TOO_MANY_FILES", "The zip has too many files.", "Put only the files of the roster into it."),
    Entry("ZIP_UNWRITABLE", "The zip could not be written.", "Try again, then tell whoever runs Homeroom."),
  ]

  /// What an import notes of single rows, beside what is wrong with the file itself.
  static let rows: [Entry] = [
    Entry("CANCELLED", "The import was stopped by hand.", "What was written stays; undo the import to take it back."),
    Entry("ENDED_HERE", "The student left this section here and stays out of it.", "Enrol by hand if that is wrong."),
    Entry("NOT_AT_SCHOOL", "The person is no student of the section's school.", "Give the person that role."),
    Entry("NOT_A_STUDENT", "The person is no student of a school here.", "Give the person that role."),
    Entry("NOT_BROUGHT_IN", "What the row refers to was not brought in.", "Correct that row first."),
    Entry("NOT_SAVED", "The row contradicts what is here already.", "Compare the two and correct the row."),
    Entry("NOT_STAFF", "Whoever teaches must be staff.", "Give the person a job at a school."),
    Entry("NOT_YOUR_SCHOOL", "You may not import for this organisation.", "Leave it and its rows out."),
    Entry("ORG_KIND_GUESSED", "The kind of organisation is not known here; it becomes a district.", "Check it."),
    Entry("OTHER_NAME", "The student number belongs to somebody of another name here.", "Check it is the same person."),
    Entry("SCHOOL_MISSING", "The row does not say its school.", "Choose a school for the import."),
    Entry("SECOND_HOMEROOM", "The student has another homeroom in this roster.", "Keep one of the two."),
    Entry("SECTION_FIXED", "School, course and kind of a section stay as they are.", "Make a new section instead."),
    Entry("UNKNOWN_SCHOOL", "The school is not here, or not yours to import for.", "Correct the name, or add it."),
  ]

  static let system: [Entry] = [
    Entry("BUSY", "Too much is being done at the same moment.", "Try again in a few seconds. Nothing was saved."),
    Entry(
      "DATABASE_IN_USE", "Another homeroom serves this SQLite file.", "Stop that one, or use another data folder."),
    Entry(
      "DATABASE_UNAVAILABLE", "The database cannot be reached or written at the moment.",
      "Try again shortly. Whoever runs Homeroom looks at: homeroom doctor"),
    Entry(
      "DATA_NOT_WRITABLE", "The data folder cannot be written.",
      "Give the user that runs Homeroom the right to write there, or set HOMEROOM_DATA."),
    Entry(
      "INTERNAL", "A fault of the program, met by a job.", "The log holds it under the number of the job: report it."),
    Entry(
      "INTERNAL_ERROR", "A fault of the program. Nothing was saved.",
      "The log holds it under the number of the request: report it."),
    Entry("IRREVERSIBLE", "This migration cannot be taken back.", "Restore a backup from before it."),
    Entry(
      "JOB_IN_LINE", "The same work was asked for again meanwhile, and is in line.", "Look at that job instead."),
    Entry("JOB_NOT_RETRYABLE", "The job runs or is done.", "Only what failed, died or was cancelled is tried again."),
    Entry(
      "UNKNOWN_ZONE", "The name is in no time zone database.", "Give a name such as Africa/Nairobi or Europe/Berlin."),
    Entry("JOB_TOO_LARGE", "The work was asked for with more than a job can be told.", "Choose fewer at once."),
    Entry(
      "JOB_WORKER_DIED", "The program ended in the middle of this work three times; it is in quarantine.",
      "Look into the log of that time; memory may have run out. Then have it tried again."),
    Entry("MIGRATIONS_WAIT", "The schema is older than the program.", "Run: homeroom migrate up"),
    Entry("NOT_EMPTY", "The demo goes into an empty installation only.", "Choose another folder with --data."),
    Entry(
      "TOO_MANY_STREAMS", "Too many browsers listen to news at this moment.",
      "Load the page again later; it also renews itself."),
  ]
}
