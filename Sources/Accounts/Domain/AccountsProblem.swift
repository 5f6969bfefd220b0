public import Kernel

/// What can go wrong with signing in, accounts and roles, as far as a person can do something about it.
public enum AccountsProblem: Error, Sendable, Equatable {
  /// No account has this name and this password. Which of the two is wrong is never said.
  case wrongCredentials
  /// Too many tries; the next is let through after so many seconds.
  case tooManyAttempts(retryAfter: Int)
  /// The present password, asked for again, is another.
  case wrongPassword
  /// A refresh token that is unknown, or whose session has ended.
  case refreshRefused
  /// A refresh token that was used before; its session has been ended.
  case refreshReused
  /// A link that was used, has expired or never was.
  case linkSpent
  /// Another account is signed into with this name.
  case loginNameTaken(pointer: String)
  /// The person has an account already.
  case personHasAccount
  /// There is an account already, so the first one cannot be made any more.
  case alreadySetUp
  /// Another role has this name.
  case roleNameTaken
  /// Accounts have this role.
  case roleInUse(Int)
  /// The role that may do everything cannot be changed.
  case roleIsFixed
  /// The account has this role there already, at that time.
  case roleAlreadyGiven
  /// It would give, take or touch rights that go beyond one's own.
  case beyondOwnRights
  /// Nobody would be left who may do everything.
  case lastAdministrator
  /// One cannot switch off the account one is using.
  case ownAccount
  /// There is no mail address to write to.
  case noAddress
  /// Nothing to give by this name.
  case unknownRole(String)
}

extension AccountsProblem: ProblemConvertible {
  /// The problem in words, with its kind and code.
  public var problem: Problem {
    switch self {
    case .wrongCredentials, .tooManyAttempts, .wrongPassword, .refreshRefused, .refreshReused, .linkSpent:
      signInProblem
    case .loginNameTaken(let pointer):
      Problem(
        .conflict, code: "LOGIN_NAME_TAKEN", title: "Name taken",
        detail: "Another account is signed into with this name. Choose another.",
        errors: [Problem.FieldError(pointer: pointer, code: "TAKEN", detail: "Another account has this name.")])
    case .personHasAccount:
      Problem(
        .conflict, code: "PERSON_HAS_ACCOUNT", title: "Account exists",
        detail: "This person has an account already. Give that one the role.")
    case .alreadySetUp:
      Problem(
        .conflict, code: "ALREADY_SET_UP", title: "Already set up",
        detail: "The first account has been made. Sign in, or ask its owner for an account.")
    case .noAddress:
      Problem(
        .conflict, code: "NO_ADDRESS", title: "No mail address",
        detail: "This account has no address that mail can be sent to. Make a link, and hand it over.")
    case .ownAccount:
      Problem(
        .conflict, code: "OWN_ACCOUNT", title: "Your own account",
        detail: "You cannot switch off the account you are using. Ask another administrator.")
    default: roleProblem
    }
  }

  private var signInProblem: Problem {
    switch self {
    case .tooManyAttempts(let seconds):
      Problem(
        .limited(retryAfter: seconds), code: "TOO_MANY_ATTEMPTS", title: "Too many attempts",
        detail: "That did not work too many times. Try again in \(Self.inWords(seconds)).")
    case .wrongPassword:
      .invalid([
        Problem.FieldError(
          pointer: "/currentPassword", code: "WRONG_PASSWORD", detail: "This is not your present password.")
      ])
    case .refreshRefused:
      Problem(
        .unauthenticated, code: "UNAUTHORIZED", title: "Not signed in",
        detail: "This refresh token is not accepted. Sign in again.")
    case .refreshReused:
      Problem(
        .unauthenticated, code: "TOKEN_REUSED", title: "Signed out for safety",
        detail: "This refresh token was used before, so somebody else may have it. Sign in again.")
    case .linkSpent:
      Problem(
        .notFound, code: "LINK_SPENT", title: "This link no longer works",
        detail: "It was used, or its time is over. Ask for a new one.")
    default:
      Problem(
        .unauthenticated, code: "INVALID_CREDENTIALS", title: "That did not match",
        detail: "The name or the password is not right. Check both and try again.")
    }
  }

  private var roleProblem: Problem {
    switch self {
    case .roleNameTaken:
      Problem(
        .conflict, code: "ROLE_NAME_TAKEN", title: "Name taken",
        detail: "Another role has this name. Choose another.",
        errors: [Problem.FieldError(pointer: "/name", code: "TAKEN", detail: "Another role has this name.")])
    case .roleInUse(let count):
      Problem(
        .conflict, code: "ROLE_IN_USE", title: "Still in use",
        detail: "\(count) \(count == 1 ? "account has" : "accounts have") this role. Take it from them first.")
    case .roleIsFixed:
      Problem(
        .conflict, code: "ROLE_FIXED", title: "This role is fixed",
        detail: "The administrator's role always has every right. Make another role, and give that one.")
    case .roleAlreadyGiven:
      Problem(
        .conflict, code: "ROLE_ALREADY_GIVEN", title: "Given already",
        detail: "The account has this role there at that time. Change its dates instead.")
    case .lastAdministrator:
      Problem(
        .conflict, code: "LAST_ADMINISTRATOR", title: "The last administrator",
        detail: "Nobody would be left who may do everything. Make another administrator first.")
    case .unknownRole(let name):
      .invalid([
        Problem.FieldError(pointer: "/role", code: "UNKNOWN_ROLE", detail: "There is no role \"\(name)\".")
      ])
    default:
      Problem(
        .forbidden, code: "BEYOND_OWN_RIGHTS", title: "Beyond your own rights",
        detail: "This concerns rights that you do not have yourself. Ask an administrator.")
    }
  }

  private static func inWords(_ seconds: Int) -> String {
    switch seconds {
    case ..<2: "a second"
    case ..<90: "\(seconds) seconds"
    default: "\((seconds + 59) / 60) minutes"
    }
  }
}
