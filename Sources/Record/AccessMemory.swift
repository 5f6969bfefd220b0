import Kernel

/// What one person looked at: the same look again is a repeat.
struct AccessLook: Hashable {
  let actor: AccountID
  let page: String
  let filter: String?
  let subjects: [ID<AnyEntity>]

  /// The ends of a list tell it from others well enough; comparing the whole is left to `==`.
  func hash(into hasher: inout Hasher) {
    hasher.combine(actor.low)
    hasher.combine(page)
    hasher.combine(filter)
    hasher.combine(subjects.count)
    if let first = subjects.first, let last = subjects.last {
      hasher.combine(first.low)
      hasher.combine(last.low)
    }
  }
}

/// A look with its count.
struct AccessEntry {
  let look: AccessLook
  let id: ID<AnyEntity>
  let at: Instant
  var lastAt: Instant
  /// Looks that are not in the database yet.
  var unwritten: Int
}

/// The looks of the last minute, and what of them waits to be written.
struct AccessMemory {
  private struct Entry {
    /// Made when the entry is first written: randomness costs more than all the rest.
    var id: ID<AnyEntity>?
    let at: Instant
    var lastAt: Instant
    var unwritten: Int
  }

  private let capacity: Int
  private let span: Duration
  private var entries: [AccessLook: Entry] = [:]
  /// Entries whose minute was over before they were written.
  private var overdue: [AccessEntry] = []
  private var waiting = 0
  private var newest = Instant(milliseconds: 0)

  init(capacity: Int, span: Duration) {
    self.capacity = capacity
    self.span = span
    entries.reserveCapacity(capacity)
  }

  /// Takes a look; false when there is no room.
  mutating func note(_ look: AccessLook, at now: Instant) -> Bool {
    newest = max(newest, now)
    if let index = entries.index(forKey: look) {
      let isWritten = entries.values[index].unwritten == 0
      if now < entries.values[index].at.adding(span) {
        if isWritten {
          guard waiting < capacity else { return false }
          waiting += 1
        }
        entries.values[index].unwritten += 1
        entries.values[index].lastAt = max(entries.values[index].lastAt, now)
        return true
      }
      guard waiting < capacity else { return false }
      if !isWritten { overdue.append(Self.outgoing(look, entries.values[index])) }
      entries.values[index] = Entry(id: nil, at: now, lastAt: now, unwritten: 1)
      waiting += 1
      return true
    }
    guard waiting < capacity else { return false }
    entries[look] = Entry(id: nil, at: now, lastAt: now, unwritten: 1)
    waiting += 1
    return true
  }

  /// Hands out all that waits, and lets go of entries whose minute is over; of all that are written when they are many.
  mutating func take() -> [AccessEntry] {
    guard waiting > 0 else {
      forget()
      return []
    }
    var outgoing = overdue
    outgoing.reserveCapacity(waiting)
    overdue = []
    for index in entries.indices where entries.values[index].unwritten > 0 {
      let out = Self.outgoing(entries.keys[index], entries.values[index])
      entries.values[index].id = out.id
      entries.values[index].unwritten = 0
      outgoing.append(out)
    }
    waiting = 0
    forget()
    return outgoing
  }

  /// Takes back what could not be written.
  mutating func putBack(_ failed: [AccessEntry]) {
    for entry in failed {
      guard let index = entries.index(forKey: entry.look), entries.values[index].id == entry.id else {
        overdue.append(entry)
        waiting += 1
        continue
      }
      if entries.values[index].unwritten == 0 { waiting += 1 }
      entries.values[index].unwritten += entry.unwritten
    }
  }

  private mutating func forget() {
    let horizon = newest.adding(.zero - span)
    guard entries.count > capacity || entries.values.contains(where: { $0.unwritten == 0 && $0.at <= horizon }) else {
      return
    }
    let keepsWritten = entries.count <= capacity
    entries = entries.filter { $0.value.unwritten > 0 || (keepsWritten && $0.value.at > horizon) }
  }

  private static func outgoing(_ look: AccessLook, _ entry: Entry) -> AccessEntry {
    AccessEntry(
      look: look, id: entry.id ?? .new(at: entry.at), at: entry.at, lastAt: entry.lastAt, unwritten: entry.unwritten)
  }
}
