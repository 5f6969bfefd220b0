import Dispatch
import Kernel
import Synchronization
import Testing

@testable import Secrets

@Suite struct `Keeping passwords` {
  let passwords = Passwords(cost: .least)

  @Test func `the right one is known again and the wrong one is not`() async throws {
    let stored = try await passwords.hash("correct horse battery staple")
    #expect(stored.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
    #expect(try await passwords.verify("correct horse battery staple", against: stored))
    #expect(try await !passwords.verify("correct horse battery stapl", against: stored))
    #expect(try await !passwords.verify("correct horse battery staple ", against: stored))
    #expect(try await !passwords.verify("", against: stored))
  }

  @Test func `the same password is stored differently each time`() async throws {
    #expect(try await passwords.hash("same") != passwords.hash("same"))
  }

  @Test func `an unknown account never matches, though its stand-in is a real hash of the same cost`() async throws {
    #expect(try await !passwords.verify("anything", against: nil))
    #expect(try await !passwords.verify("", against: nil))
    #expect(try await !passwords.verify("anything", against: "no hash at all"))
  }

  @Test func `an unknown account takes about as long as a known one`() async throws {
    let passwords = Passwords(cost: PasswordCost(operations: 1, memory: 8 * 1024 * 1024))
    let stored = try await passwords.hash("correct horse battery staple")
    let clock = ContinuousClock()
    func time(against stored: String?) async throws -> Duration {
      let begin = clock.now
      _ = try await passwords.verify("wrong", against: stored)
      return clock.now - begin
    }
    // In turns, and the fastest of each: whatever else the machine does meanwhile slows both alike. Without its
    // stand-in hash the unknown account would answer a thousand times faster.
    var (known, unknown) = (Duration.seconds(60), Duration.seconds(60))
    for _ in 0..<40 {
      known = min(known, try await time(against: stored))
      unknown = min(unknown, try await time(against: nil))
    }
    #expect(unknown > known / 10 && known > unknown / 10)
  }

  @Test func `two ways to type an accent are one password`() async throws {
    let stored = try await passwords.hash("caf\u{e9} au lait")
    #expect(try await passwords.verify("cafe\u{301} au lait", against: stored))
    #expect(try await !passwords.verify("cafe au lait", against: stored))
  }

  @Test func `white space and zeros count`() async throws {
    let stored = try await passwords.hash(" a\u{0}b ")
    #expect(try await passwords.verify(" a\u{0}b ", against: stored))
    #expect(try await !passwords.verify("a\u{0}b", against: stored))
    #expect(try await !passwords.verify(" a\u{0}", against: stored))
  }

  @Test func `1,024 bytes are hashed and one more is refused`() async throws {
    let longest = String(repeating: "x", count: 1024)
    #expect(try await passwords.verify(longest, against: passwords.hash(longest)))
    await #expect(throws: Problem.self) { try await passwords.hash(longest + "x") }
    #expect(try await !passwords.verify(longest + "x", against: nil))
  }

  @Test func `a hash of another cost is to be made anew`() async throws {
    let stored = try await passwords.hash("anything")
    #expect(!passwords.needsRehash(stored))
    #expect(Passwords(cost: PasswordCost(operations: 2, memory: 8 * 1024)).needsRehash(stored))
    #expect(Passwords(cost: PasswordCost(operations: 1, memory: 16 * 1024)).needsRehash(stored))
    #expect(passwords.needsRehash("no hash at all"))
  }

  @Test func `the usual cost is one pass over 46 MiB`() async throws {
    let stored = try await Passwords().hash("correct horse battery staple")
    #expect(stored.hasPrefix("$argon2id$v=19$m=47104,t=1,p=1$"))
    #expect(try await passwords.verify("correct horse battery staple", against: stored))
  }

  @Test func `many callers at once are all served`() async throws {
    let stored = try await passwords.hash("shared")
    let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask { try await passwords.verify(number % 2 == 0 ? "shared" : "other", against: stored) }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answers == 50)
  }
}

/// Counts who is in it at the same time.
private final class Room: Sendable {
  private let people = Mutex((now: 0, most: 0))

  var most: Int { people.withLock { $0.most } }

  func enter() {
    people.withLock { people in
      people.now += 1
      people.most = max(people.most, people.now)
    }
  }

  func leave() { people.withLock { $0.now -= 1 } }
}

@Suite(.timeLimit(.minutes(1))) struct `Threads with a line before them` {
  private struct Busy: Error {}

  @Test func `never do more at once than there are threads`() async throws {
    let threads = BoundedThreads(threads: 2, waiting: 100, patience: .seconds(30), busy: Busy())
    let room = Room()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await threads.run {
            room.enter()
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(3))
            room.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(room.most == 2)
  }

  @Test func `turn away whoever finds the line full, and serve all others`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 3, patience: .seconds(30), busy: Busy())
    let door = DispatchSemaphore(value: 0)
    let inside = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        try await threads.run {
          inside.signal()
          door.wait()
          return 0
        }
      }
      try await until { inside.wait(timeout: .now()) == .success }
      for number in 1...3 { group.addTask { try await threads.run { number } } }
      try await until { threads.waiting == 3 }
      await #expect(throws: Busy.self) { try await threads.run { 4 } }
      door.signal()
      #expect(try await group.reduce(0, +) == 6)
    }
    #expect(try await threads.run { 5 } == 5)
  }

  @Test func `turn away whoever has waited too long`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 3, patience: .milliseconds(20), busy: Busy())
    let door = DispatchSemaphore(value: 0)
    let inside = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await threads.run {
          inside.signal()
          door.wait()
        }
      }
      try await until { inside.wait(timeout: .now()) == .success }
      group.addTask { await #expect(throws: Busy.self) { try await threads.run {} } }
      try await until { threads.waiting == 1 }
      try await Task.sleep(for: .milliseconds(40))
      door.signal()
      try await group.waitForAll()
    }
    // The thread is free again: whoever comes now is served, however slow the machine is.
    let patient = BoundedThreads(threads: 1, waiting: 3, patience: .seconds(30), busy: Busy())
    #expect(try await patient.run { 5 } == 5)
  }

  @Test func `let a cancelled caller leave the line at once`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 3, patience: .seconds(30), busy: Busy())
    let door = DispatchSemaphore(value: 0)
    let inside = DispatchSemaphore(value: 0)
    let room = Room()
    try await withThrowingTaskGroup(of: Void.self) { outer in
      outer.addTask {
        try await threads.run {
          inside.signal()
          door.wait()
        }
      }
      try await until { inside.wait(timeout: .now()) == .success }
      try await withThrowingTaskGroup(of: Void.self) { inner in
        inner.addTask {
          await #expect(throws: CancellationError.self) {
            try await threads.run { room.enter() }
          }
        }
        try await until { threads.waiting == 1 }
        inner.cancelAll()
        try await inner.waitForAll()
      }
      #expect(threads.waiting == 0)
      door.signal()
      try await outer.waitForAll()
    }
    #expect(try await threads.run { 5 } == 5)
    #expect(room.most == 0)
  }

  @Test func `pass on what the work throws`() async throws {
    struct Mishap: Error {}
    let threads = BoundedThreads(threads: 1, waiting: 1, patience: .seconds(30), busy: Busy())
    await #expect(throws: Mishap.self) { try await threads.run { throw Mishap() } }
  }

  private func until(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }
}
