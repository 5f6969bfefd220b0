/// What went wrong, as a person may be told: kind, stable code, words, and the fields at fault.
///
/// Kinds know nothing of HTTP; `Web` gives each its status. `detail` never carries names, marks or secrets into a log:
/// only `code` is logged.
public struct Problem: Error, Sendable, Equatable {
  /// What sort of refusal it is.
  public enum Kind: Sendable, Equatable {
    /// The request cannot be parsed.
    case malformed
    /// Values break a rule; `errors` says which.
    case invalid
    /// Nobody is signed in, or the credentials are wrong or spent.
    case unauthenticated
    /// The right is missing.
    case forbidden
    /// It is not there, or not for this person to know of.
    case notFound
    /// The state refuses it.
    case conflict
    /// The version named is not the newest.
    case stale
    /// A version had to be named and was not.
    case versionRequired
    /// The body, file or list is too large.
    case tooLarge
    /// The media type is not one we read.
    case unsupportedMedia
    /// The path exists, with other methods.
    case methodNotAllowed
    /// Too many requests; try again after so many seconds.
    case limited(retryAfter: Int)
    /// A part of the system is away or busy for the moment.
    case unavailable(retryAfter: Int)
    /// A fault of ours.
    case bug
  }

  /// One field at fault.
  public struct FieldError: Sendable, Equatable {
    /// A JSON pointer (RFC 6901) into the body, such as `/lastName`; a query parameter is named `?limit`.
    public let pointer: String
    /// Stable code, such as `REQUIRED`, `TOO_LONG`, `BAD_DATE`.
    public let code: String
    /// What is wrong and what to do, in one sentence.
    public let detail: String

    /// A fault of one field.
    public init(pointer: String, code: String, detail: String) {
      self.pointer = pointer
      self.code = code
      self.detail = detail
    }
  }

  /// What sort of refusal it is.
  public let kind: Kind
  /// Stable and specific, `UPPER_SNAKE`; listed in the reference.
  public let code: String
  /// A few words that are the same for every occurrence.
  public let title: String
  /// What happened this time and what to do about it.
  public let detail: String
  /// The fields at fault, at most 100.
  public let errors: [FieldError]
  /// The object as it stands now, as JSON text, where the state or the version refuses.
  public let current: String?

  /// A problem in words.
  public init(
    _ kind: Kind, code: String, title: String, detail: String, errors: [FieldError] = [], current: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.title = title
    self.detail = detail
    self.errors = Array(errors.prefix(100))
    self.current = current
  }
}

/// An error that can be told to a person: each slice's `…Problem` conforms.
public protocol ProblemConvertible: Error {
  /// The error in words, with its kind and code.
  var problem: Problem { get }
}

extension Problem: ProblemConvertible {
  public var problem: Problem { self }
}

/// A fault of ours in a request path: logged loudly, answered with 500, and nobody else's request dies of it.
public struct Bug: Error, Sendable, CustomStringConvertible {
  /// What was believed and turned out untrue.
  public let description: String

  /// A belief that turned out untrue.
  public init(_ description: String) { self.description = description }
}

extension Problem {
  /// The record is not there, or not for this person to know of; both look the same from outside.
  public static func notFound(_ what: String) -> Problem {
    Problem(
      .notFound, code: "NOT_FOUND", title: "Not found",
      detail: "There is no such \(what), or it is not open to you. Check the address, or search for it.")
  }

  /// The right is missing.
  public static func forbidden(_ permission: String) -> Problem {
    Problem(
      .forbidden, code: "FORBIDDEN", title: "Not allowed",
      detail: "This needs the right \"\(permission)\". Ask the person who manages accounts at your school.")
  }

  /// Values break rules; the fields say which.
  public static func invalid(_ errors: [FieldError]) -> Problem {
    Problem(
      .invalid, code: "VALIDATION_ERROR", title: "There is a problem",
      detail: errors.count == 1 ? "One value needs a change." : "\(errors.count) values need a change.", errors: errors)
  }

  /// Somebody saved a newer version meanwhile; `current` is that version as JSON text.
  public static func stale(_ what: String, current: String) -> Problem {
    Problem(
      .stale, code: "VERSION_STALE", title: "Changed meanwhile",
      detail: "Someone else saved this \(what) after you opened it. Compare the two versions and save again.",
      current: current)
  }
}
