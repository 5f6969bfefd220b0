public import Kernel
public import Outbox

/// That a message went to one person by one channel, or did not, and why.
public struct Delivery: Sendable, Equatable {
  /// The person, or the account that is nobody's.
  public let reader: ID<AnyEntity>
  /// Whose name pages show.
  public let name: String
  /// By which way.
  public let channel: MessageChannel
  /// What became of it.
  public let state: State
  /// Why it was skipped.
  public let reason: Reason?
  /// The letter in the outbox.
  public let letter: LetterID?
  /// How that letter stands; nil once it was cleared away.
  public var letterState: LetterState?
  /// When.
  public let at: Instant

  /// What became of it.
  public enum State: String, Sendable, CaseIterable {
    /// It lies in the inbox.
    case delivered
    /// It was handed to the outbox, which sends it.
    case handed
    /// It did not go.
    case skipped
  }

  /// Why it did not go.
  public enum Reason: String, Sendable, CaseIterable {
    /// The person wants none by this channel.
    case unwanted
    /// There is no address or number.
    case noAddress = "no_address"
    /// What is kept as the address is none.
    case badAddress = "bad_address"

    /// The reason in words.
    public var title: String {
      switch self {
      case .unwanted: "Wants no messages this way"
      case .noAddress: "No address or number is known"
      case .badAddress: "The address is not a valid one"
      }
    }
  }
}

/// How a message fared, in numbers.
public struct DeliveryTally: Sendable, Equatable {
  /// One channel.
  public struct Line: Sendable, Equatable {
    /// Which.
    public let channel: MessageChannel
    /// How many it went to.
    public let reached: Int
    /// How many it did not go to.
    public let skipped: Int
  }

  /// How many people it was for.
  public let people: Int
  /// How many have read it.
  public let read: Int
  /// By channel.
  public let lines: [Line]
}

/// How many people an audience has at this moment, and by which channels they can be reached.
public struct AudienceCount: Sendable, Equatable {
  /// People, and accounts that are nobody's.
  public let people: Int
  /// Those who can sign in and read it in Homeroom.
  public let accounts: Int
  /// Those who get it by mail, if that is ticked.
  public let mail: Int
  /// Those who get a text message, if that is ticked.
  public let sms: Int
}

/// A message in its author's list.
public struct SentLine: Sendable, Equatable {
  /// The message.
  public let message: Message
  /// Its audience in words.
  public let audience: String
  /// Who wrote it; nil for the system itself.
  public let author: String?
  /// How many it has come to.
  public let people: Int
}
