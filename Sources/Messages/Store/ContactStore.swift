import Audiences
import Kernel
import Persistence

/// How people can be reached, and how they want to be.
struct ContactStore: Sendable {
  /// What is known of one reader.
  struct Contact: Sendable {
    var name: String?
    var mail: String?
    var number: String?
    /// The language of the pages, as a BCP 47 tag.
    var language = "en"
    var choices = ChannelChoices()
  }

  /// Addresses and wishes of the members: the e-mail address one signs in with comes before others, a number for text
  /// messages before other numbers, and the primary one first.
  func contacts(of members: [AudienceMember], in tx: any Connection) throws -> [ID<AnyEntity>: Contact] {
    var contacts: [ID<AnyEntity>: Contact] = [:]
    let people = members.compactMap(\.person)
    let accounts = members.compactMap(\.account)
    let keys = Dictionary(
      members.compactMap { member in member.account.flatMap { account in member.key.map { (account, $0) } } }
    ) { first, _ in first }
    try tx.each("SELECT id, display_name FROM directory_person_live WHERE id IN \(list: people)") { row in
      contacts[try row.next(), default: Contact()].name = try row.next()
    }
    // The last one read stays, so the best comes last.
    try tx.each(
      """
      SELECT person_id, kind, value FROM directory_contact_point_live
      WHERE person_id IN \(list: people)
      ORDER BY person_id, CASE WHEN kind = 'sms' THEN 1 ELSE 0 END, CASE WHEN is_primary THEN 1 ELSE 0 END, id DESC
      """
    ) { row in
      let (key, kind, value): (ID<AnyEntity>, String, String) = (try row.next(), try row.next(), try row.next())
      if kind == "email" {
        contacts[key, default: Contact()].mail = value
      } else {
        contacts[key, default: Contact()].number = value
      }
    }
    try tx.each(
      """
      SELECT account_id, name FROM accounts_login_name_live
      WHERE kind = 'email' AND account_id IN \(list: accounts) ORDER BY account_id, id DESC
      """
    ) { row in
      let (account, name): (AccountID, String) = (try row.next(), try row.next())
      if let key = keys[account] { contacts[key, default: Contact()].mail = name }
    }
    try tx.each("SELECT account_id, language FROM accounts_language WHERE account_id IN \(list: accounts)") { row in
      if let key = keys[try row.next()] { contacts[key, default: Contact()].language = try row.next() }
    }
    try tx.each(
      """
      SELECT reader_id, by_mail, by_sms FROM messages_channel WHERE reader_id IN \(list: members.compactMap(\.key))
      """
    ) { row in
      contacts[try row.next(), default: Contact()].choices = ChannelChoices(
        byMail: try row.next(), bySMS: try row.next())
    }
    return contacts
  }

  /// How many readers of a query there are, and how many each channel would reach.
  func count(_ readers: SQL, isUrgent: Bool, in tx: any Connection) throws -> AudienceCount {
    let wantsMail: SQL = isUrgent ? "TRUE" : "(choice.by_mail IS NULL OR choice.by_mail = TRUE)"
    let wantsSMS: SQL = isUrgent ? "TRUE" : "(choice.by_sms IS NULL OR choice.by_sms = TRUE)"
    let count: AudienceCount? = try tx.first(
      """
      SELECT count(*),
        COALESCE(SUM(CASE WHEN account.id IS NOT NULL THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN \(wantsMail) AND (
          EXISTS (SELECT 1 FROM accounts_login_name_live AS login
            WHERE login.account_id = account.id AND login.kind = 'email')
          OR EXISTS (SELECT 1 FROM directory_contact_point_live AS point
            WHERE point.person_id = member.id AND point.kind = 'email')) THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN \(wantsSMS) AND EXISTS (SELECT 1 FROM directory_contact_point_live AS point
            WHERE point.person_id = member.id AND point.kind IN ('sms', 'phone')) THEN 1 ELSE 0 END), 0)
      FROM (\(readers)) AS member
      LEFT JOIN accounts_account_live AS account
        ON (account.person_id = member.id OR (account.id = member.id AND account.person_id IS NULL))
          AND account.is_enabled = TRUE
      LEFT JOIN messages_channel AS choice ON choice.reader_id = member.id
      """
    ) { row in
      AudienceCount(people: try row.next(), accounts: try row.next(), mail: try row.next(), sms: try row.next())
    }
    return count ?? AudienceCount(people: 0, accounts: 0, mail: 0, sms: 0)
  }

  func choices(of reader: ID<AnyEntity>, in tx: any Connection) throws -> ChannelChoices {
    try tx.first("SELECT by_mail, by_sms FROM messages_channel WHERE reader_id = \(reader) LIMIT 1") { row in
      ChannelChoices(byMail: try row.next(), bySMS: try row.next())
    } ?? ChannelChoices()
  }

  func save(_ choices: ChannelChoices, of reader: ID<AnyEntity>, at now: Instant, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO messages_channel (reader_id, by_mail, by_sms, changed_at)
      VALUES (\(reader), \(choices.byMail), \(choices.bySMS), \(now))
      ON CONFLICT (reader_id) DO UPDATE SET by_mail = excluded.by_mail, by_sms = excluded.by_sms,
        changed_at = excluded.changed_at
      """)
  }
}
