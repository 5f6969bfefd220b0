public import Kernel

/// Does the jobs of one kind. Slices hand theirs to the app as values.
///
/// A handler may be begun again after it, its worker or its machine stopped anywhere, and at the worst while a worker
/// thought dead still tries to go on. So it changes things only through `JobRun.write`, in pieces that each leave a
/// state from which it can go on, and calls `checkStop()` between them.
public struct JobHandler: Sendable {
  /// Which jobs it does.
  public let kind: String
  let run: @Sendable (JobRun) async throws -> JSON

  /// A handler of jobs of `kind`; what `run` returns is the result that people see.
  ///
  /// A `Problem` that a person has to do something about fails the job at once; other errors are tried again, with
  /// growing pauses, as often as the order allows.
  public init(_ kind: String, run: @escaping @Sendable (JobRun) async throws -> JSON) {
    self.kind = kind
    self.run = run
  }
}

/// Why a handler is to end early. Thrown by `checkStop()` and `write`; handlers let it pass.
public enum JobStop: Error, Sendable, Equatable {
  /// Somebody asked for the job to end.
  case cancelAsked
  /// The job belongs to another worker now: this one was thought dead.
  case leaseLost
  /// This worker ends; the job was handed back and goes on elsewhere or later.
  case workerEnds
}
