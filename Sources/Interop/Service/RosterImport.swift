public import Kernel

/// A roster that somebody brought, and how far it is.
public struct RosterImport: Sendable, Equatable {
  /// Where an import stands.
  public enum State: String, Sendable, CaseIterable {
    /// The file is here; its columns have to be chosen before it can be checked.
    case mapping
    /// It was checked; nothing of it is written yet.
    case checked
    /// It is being written.
    case applying
    /// It is written.
    case done
    /// It was not written, or what was written of it was taken back.
    case failed
    /// It is being taken back.
    case undoing
    /// It was taken back.
    case undone
  }

  /// What happens to rows with errors.
  public enum Mode: String, Sendable, CaseIterable {
    /// They are left out, and the others come in.
    case goodRows = "good_rows"
    /// Nothing comes in.
    case allOrNothing = "all_or_nothing"
  }

  /// The import.
  public let id: ImportID
  /// The system the identifiers in the file are of: two files of one source mean the same people by the same names.
  public let source: String
  /// The format.
  public let format: RosterFormat
  /// The file's name.
  public let fileName: String
  /// A fingerprint of the files: 64-bit FNV-1a in hexadecimal.
  public let fileHash: String
  /// The school that was chosen.
  public let school: OrgID?
  /// Which column means what, for a list of students.
  public internal(set) var mapping: JSON?
  /// Where it stands.
  public internal(set) var state: State
  /// What happens to rows with errors.
  public internal(set) var mode: Mode
  /// What it does, or would do.
  public internal(set) var counts: ImportCounts
  /// How many records have been dealt with, so that a stopped import goes on there.
  public internal(set) var position: Int
  /// Why it failed, in words.
  public internal(set) var problem: String?
  /// Who brought it; nil for a command on the host.
  public let account: AccountID?
  /// When it was brought.
  public let at: Instant
  /// When it was written, failed, or was taken back.
  public internal(set) var finishedAt: Instant?
  /// The job that writes it or takes it back.
  public internal(set) var job: JobID?
  /// Goes up with every change.
  public internal(set) var revision: Int

  /// How long an import can be taken back after it was written.
  public static let undoDays = 30

  /// Until when it can be taken back; nil unless something of it was written.
  public var undoUntil: Instant? {
    guard state == .done, let finishedAt else { return nil }
    return finishedAt.adding(.seconds(Self.undoDays * 86_400))
  }
}

/// What is asked of a new import.
public struct ImportOrder: Sendable {
  /// The file's or folder's name, as people know it.
  public var fileName: String
  /// The files.
  public var files: RosterFiles
  /// The format; nil to tell it by the files.
  public var format: RosterFormat?
  /// The school, for files that do not say it.
  public var school: OrgID?
  /// The system the identifiers are of; nil for one named like the format.
  public var source: String?
  /// Which column means what; nil for our guess.
  public var mapping: ColumnMapping?
  /// What happens to rows with errors.
  public var mode: RosterImport.Mode

  /// An order for an import.
  public init(
    fileName: String, files: RosterFiles, format: RosterFormat? = nil, school: OrgID? = nil, source: String? = nil,
    mapping: ColumnMapping? = nil, mode: RosterImport.Mode = .goodRows
  ) {
    self.fileName = fileName
    self.files = files
    self.format = format
    self.school = school
    self.source = source
    self.mapping = mapping
    self.mode = mode
  }
}
