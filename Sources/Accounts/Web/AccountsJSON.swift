import Kernel
import Rights
import Secrets
import Web

/// What signing in sends.
struct LoginJSON: Sendable {
  var email: String
  var password: String

  static let shape = Shape(
    "Login", sample: LoginJSON(email: "ada@school.example", password: "seven wet umbrellas")
  ) { visit, it in
    visit("email", &it.email, .secret(LoginName.maximum), "An e-mail address or a user name.")
    visit("password", &it.password, .secret(1000), "The password.")
  }
}

/// What refreshing and signing out send.
struct RefreshJSON: Sendable {
  var refreshToken: String

  static let shape = Shape(
    "Refresh", sample: RefreshJSON(refreshToken: "qmR7jhWq0bZ2c5s9yT1vX3uK8nL4dFgHpE6aBwCxMzY")
  ) { visit, it in
    visit("refreshToken", &it.refreshToken, .secret(200), "The refresh token of the last answer.")
  }
}

/// A pair of tokens.
struct TokensJSON: Sendable {
  var accessToken: String
  var refreshToken: String
  var tokenType: String
  var expiresIn: Int

  static let shape = Shape(
    "Tokens",
    sample: TokensJSON(
      accessToken: "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
      refreshToken: "qmR7jhWq0bZ2c5s9yT1vX3uK8nL4dFgHpE6aBwCxMzY", tokenType: "Bearer", expiresIn: 900)
  ) { visit, it in
    visit("accessToken", &it.accessToken, .made, "Goes with each request, as Authorization: Bearer.")
    visit("refreshToken", &it.refreshToken, .made, "Gets the next pair, once.")
    visit("tokenType", &it.tokenType, .made, "Bearer.")
    visit("expiresIn", &it.expiresIn, .count, "Seconds until the access token ends.")
  }

  init(_ pair: TokenPair) {
    self.init(
      accessToken: pair.access.text, refreshToken: pair.refresh.text, tokenType: "Bearer",
      expiresIn: pair.access.expiresIn)
  }

  private init(accessToken: String, refreshToken: String, tokenType: String, expiresIn: Int) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.tokenType = tokenType
    self.expiresIn = expiresIn
  }
}

/// What changing one's password sends.
struct PasswordChangeJSON: Sendable {
  var currentPassword: String
  var newPassword: String

  static let shape = Shape(
    "PasswordChange",
    sample: PasswordChangeJSON(currentPassword: "seven wet umbrellas", newPassword: "nine purple bicycles")
  ) { visit, it in
    visit("currentPassword", &it.currentPassword, .secret(1000), "The present password.")
    visit("newPassword", &it.newPassword, .secret(1000), "The new one: 15 characters or more, and not obvious.")
  }
}

/// What setting a password by a link sends.
struct PasswordResetJSON: Sendable {
  var token: String
  var password: String

  static let shape = Shape(
    "PasswordReset",
    sample: PasswordResetJSON(
      token: "qmR7jhWq0bZ2c5s9yT1vX3uK8nL4dFgHpE6aBwCxMzY", password: "nine purple bicycles")
  ) { visit, it in
    visit("token", &it.token, .secret(200), "The last part of the link.")
    visit("password", &it.password, .secret(1000), "The new password: 15 characters or more, and not obvious.")
  }
}

/// A forgotten password.
struct PasswordRequestJSON: Sendable {
  var email: String

  static let shape = Shape("PasswordRequest", sample: PasswordRequestJSON(email: "ada@school.example")) { visit, it in
    visit("email", &it.email, .line(LoginName.maximum), "The address or user name one signs in with.")
  }
}

/// Something was taken in hand; whether anything comes of it is not said.
struct AcceptedJSON: Sendable {
  var message: String

  static let shape = Shape("Accepted", sample: AcceptedJSON(message: "If there is such an account, …")) { visit, it in
    visit("message", &it.message, .made, "What was taken in hand, in words.")
  }
}

/// Who one is, and what one may do.
struct MeJSON: Sendable {
  var account: AccountID
  var person: PersonID?
  var name: String
  var role: String
  var mustChangePassword: Bool
  var permissions: [String]

  static let shape = Shape(
    "Me",
    sample: MeJSON(
      account: AccountID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C3), person: nil, name: "Ada Byron",
      role: "Teacher", mustChangePassword: false, permissions: ["attendance.take", "students.view"])
  ) { visit, it in
    visit("account", &it.account, .id(), "The account.")
    visit("person", &it.person, .id(), "The person it belongs to.")
    visit("name", &it.name, .made, "The name pages show.")
    visit("role", &it.role, .made, "The role with the most rights.")
    visit("mustChangePassword", &it.mustChangePassword, .bool, "Whether the password has to be changed first.")
    visit(
      "permissions", &it.permissions, .list(of: .made, max: 500), "What one may do, wherever it reaches.")
  }
}

/// One of one's own sessions.
struct SessionJSON: Sendable {
  var id: SessionID
  var kind: String
  var startedAt: Instant
  var lastSeenAt: Instant
  var expiresAt: Instant
  var address: String
  var agent: String
  var isCurrent: Bool

  static let shape = Shape(
    "Session",
    sample: SessionJSON(
      id: SessionID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C3), kind: "browser",
      startedAt: Instant(milliseconds: 1_795_424_400_000), lastSeenAt: Instant(milliseconds: 1_795_428_000_000),
      expiresAt: Instant(milliseconds: 1_796_029_200_000), address: "192.0.2.1", agent: "Mozilla/5.0",
      isCurrent: true)
  ) { visit, it in
    visit("id", &it.id, .id(), "The session.")
    visit("kind", &it.kind, .made, "`browser` or `api`.")
    visit("startedAt", &it.startedAt, .instant, "When it began.")
    visit("lastSeenAt", &it.lastSeenAt, .instant, "When it was last used, to the minute.")
    visit("expiresAt", &it.expiresAt, .instant, "When it is over at the latest.")
    visit("address", &it.address, .made, "Where it signed in from.")
    visit("agent", &it.agent, .made, "What the client calls itself.")
    visit("isCurrent", &it.isCurrent, .bool, "Whether it is the one that asks.")
  }
}

extension SessionJSON {
  init(_ line: SessionLine, current: SessionID?) {
    self.init(
      id: line.session.id, kind: line.session.kind.rawValue, startedAt: line.session.startedAt,
      lastSeenAt: line.lastSeenAt, expiresAt: line.session.expiresAt, address: line.address, agent: line.agent,
      isCurrent: line.session.id == current)
  }
}
