/// The kinds of thing that have an identity, named where every layer can name them; their records live in the slices.
public enum Entity {
  /// A sign-in.
  public enum Account {}
  /// A signed-in browser or client.
  public enum Session {}
  /// A set of permissions with a name.
  public enum Role {}
  /// A district, school, department, college or partner.
  public enum Org {}
  /// A year, semester, term or block.
  public enum Period {}
  /// A human, once in the whole installation.
  public enum Person {}
  /// A person as a student of one school.
  public enum Student {}
  /// A group taught together: scheduled lessons or a homeroom.
  public enum Section {}
  /// A course of which sections are taught.
  public enum Course {}
  /// Something done and written down in the audit.
  public enum Audit {}
  /// Rows taken out of sight together.
  public enum Deletion {}
  /// A piece of work that outlives a request.
  public enum Job {}
  /// A file of people brought in.
  public enum Import {}
  /// A mail or text message on its way out of the house.
  public enum Letter {}
  /// Something written to an audience.
  public enum Message {}
  /// Something put on the board.
  public enum Notice {}
}

/// Identifies an account.
public typealias AccountID = ID<Entity.Account>
/// Identifies a session.
public typealias SessionID = ID<Entity.Session>
/// Identifies a role.
public typealias RoleID = ID<Entity.Role>
/// Identifies an organisation.
public typealias OrgID = ID<Entity.Org>
/// Identifies a period.
public typealias PeriodID = ID<Entity.Period>
/// Identifies a person.
public typealias PersonID = ID<Entity.Person>
/// Identifies a student.
public typealias StudentID = ID<Entity.Student>
/// Identifies a section.
public typealias SectionID = ID<Entity.Section>
/// Identifies a course.
public typealias CourseID = ID<Entity.Course>
/// Identifies an audit entry.
public typealias AuditID = ID<Entity.Audit>
/// Identifies a deletion.
public typealias DeletionID = ID<Entity.Deletion>
/// Identifies a job.
public typealias JobID = ID<Entity.Job>
/// Identifies an import.
public typealias ImportID = ID<Entity.Import>
/// Identifies a mail or text message on its way out of the house.
public typealias LetterID = ID<Entity.Letter>
/// Identifies a message.
public typealias MessageID = ID<Entity.Message>
/// Identifies a notice.
public typealias NoticeID = ID<Entity.Notice>
