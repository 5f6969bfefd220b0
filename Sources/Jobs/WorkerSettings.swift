public import Kernel

/// How a worker works; the presets are the ones of operations.
public struct WorkerSettings: Sendable {
  /// Jobs at a time.
  public var width: Int
  /// Jobs of a kind at a time, where that is fewer.
  public var widths: [String: Int]
  /// How long a job belongs to a worker that says nothing.
  public var lease: Duration
  /// How often the lease is renewed; well under a third of it, so that one lost beat is no harm.
  public var heartbeat: Duration
  /// How often a worker without an occasion looks for jobs.
  public var poll: Duration
  /// How often a running job looks whether it is to end.
  public var watch: Duration
  /// How long a failed job waits for its second attempt; four times as long for the third, and so on to an hour.
  public var firstPause: Duration
  /// By what a pause is multiplied, at random: what failed together does not come back together.
  public var jitter: ClosedRange<Double>

  /// Settings of the given parts.
  public init(
    width: Int = 2, widths: [String: Int] = [:], lease: Duration = .seconds(30), heartbeat: Duration = .seconds(8),
    poll: Duration = .seconds(1), watch: Duration = .seconds(1), firstPause: Duration = .seconds(10),
    jitter: ClosedRange<Double> = 0.8...1.2
  ) {
    self.width = max(1, width)
    self.widths = widths
    self.jitter = jitter
    self.lease = lease
    self.heartbeat = heartbeat
    self.poll = poll
    self.watch = watch
    self.firstPause = firstPause
  }

  /// The pause before the attempt after so many failures.
  func pause(after failures: Int) -> Duration {
    let pause = (1..<max(1, min(failures, 10))).reduce(firstPause) { pause, _ in min(pause * 4, .seconds(3600)) }
    return pause * Double.random(in: jitter)
  }
}

/// What a worker tells whoever logs: never what is in a job.
public enum WorkerEvent: Sendable {
  /// An attempt began.
  case began(JobID, kind: String, attempt: Int)
  /// An attempt ended, and the job stands so now; with the error, if one was thrown.
  case ended(JobID, kind: String, JobState, (any Error)?)
  /// Something around the jobs failed; it is tried again.
  case trouble(any Error)
}
