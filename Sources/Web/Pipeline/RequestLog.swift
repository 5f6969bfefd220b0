public import Kernel

/// One line of the log for a request: nothing personal, only identities, the route as declared, and durations.
public struct RequestLine: Sendable {
  /// The identity of the request.
  public let request: String
  /// The method.
  public let method: String
  /// The path as declared, such as `/api/v1/students/{id}`; never the path as sent.
  public let route: String
  /// The status.
  public let status: Int
  /// How long it took, in microseconds.
  public let microseconds: Int
  /// The account, if someone was signed in.
  public let account: AccountID?
  /// The code of the problem, if it was refused.
  public let code: String?
  /// What nobody foresaw, for the log only.
  public let fault: String?
}

/// Where lines about requests go: the log and the metrics.
public protocol RequestLog: Sendable {
  /// A request has been answered.
  func answered(_ line: RequestLine)
}

/// Keeps no lines; for tests.
public struct NoRequestLog: RequestLog {
  /// A log that keeps nothing.
  public init() {}

  public func answered(_: RequestLine) {}
}
