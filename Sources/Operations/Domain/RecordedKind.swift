public import Rights

/// What history and recycle bin know of one kind of record: its name, and what it takes to change one.
public struct RecordedKind: Sendable {
  /// The word in the audit, such as `school_enrolment`.
  public let word: String
  /// What people call it: "School enrolment".
  public let title: String
  /// The rights it takes to change such a record; all of them, at its organisation.
  let rights: [Permission]
  /// Whether those rights must hold everywhere: for records that give rights themselves.
  let isForEverywhere: Bool
  /// Whether an edit may be taken back and a deletion restored at all.
  let isTakenBack: Bool

  /// A kind whose records are changed by whoever has these rights at their organisation.
  public init(_ word: String, _ title: String, rights: [Permission], onlyEverywhere: Bool = false) {
    self.word = word
    self.title = title
    self.rights = rights
    isForEverywhere = onlyEverywhere
    isTakenBack = true
  }

  /// A kind that is shown and never taken back, such as sessions and keys.
  public init(shownOnly word: String, _ title: String) {
    self.word = word
    self.title = title
    rights = []
    isForEverywhere = false
    isTakenBack = false
  }
}
