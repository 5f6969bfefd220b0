public import Kernel
import Persistence
import Record
public import Rights

/// A template in one language, as it is used now.
public struct TemplateLine: Sendable, Equatable {
  /// Which template.
  public let template: LetterTemplate
  /// The language's tag.
  public let language: String
  /// What it says.
  public let words: LetterWords
  /// The version of the school's own words; nil where ours are used.
  public let version: Int?

  /// The version as it is named to clients, from 1 for the words we bring.
  var revision: Int { (version ?? 0) + 1 }
}

/// A letter as its reader would see it.
public struct LetterPreview: Sendable, Equatable {
  /// One line.
  public let subject: String
  /// The text.
  public let text: String
  /// The same as a page.
  public let html: String
}

// What the program's own letters say. There are a handful of templates, each in a handful of languages.
extension OutboxService {
  /// Every template in every language we bring or the school has added.
  public func templateLines(by actor: Actor) async throws -> [TemplateLine] {
    _ = try actor.require(.editMail)
    let schools = try await database.read { tx in try templates.all(in: tx) }
    return LetterTemplate.all.flatMap { template in
      let own = schools.filter { $0.key == template.key }
      let brought = LetterLanguage.all.map(\.tag)
      let languages = brought + own.map(\.language).filter { !brought.contains($0) }.sorted()
      return languages.compactMap { language in
        let school = own.first { $0.language == language }
        return (school?.words ?? LetterLanguage.words(template.key, in: language)).map {
          TemplateLine(template: template, language: language, words: $0, version: school?.version)
        }
      }
    }
  }

  /// One template in one language.
  public func template(_ key: String, in language: String, by actor: Actor) async throws -> TemplateLine {
    _ = try actor.require(.editMail)
    let template = try Self.known(key, language)
    return try await database.read { tx in
      let school = try templates.find(key, in: language, tx)
      let words = try templates.words(template, in: language, tx)
      return TemplateLine(template: template, language: language, words: words, version: school?.version)
    }
  }

  /// Has a template say something else, over the version its editor saw: nil for ours.
  @discardableResult
  public func save(
    _ words: LetterWords, as key: String, in language: String, version: Int?, by actor: Actor
  ) async throws -> TemplateLine {
    _ = try actor.require(.editMail)
    let template = try Self.known(key, language)
    let words = try Self.checked(words, for: template)
    let now = clock.now()
    return try await database.write { tx in
      let school = try templates.find(key, in: language, tx)
      guard school?.version == version else {
        throw Problem.stale("template", current: JSON.object([("version", .int((school?.version ?? 0) + 1))]).text)
      }
      let change = Change(by: actor, at: now)
      guard var school else {
        let new = SchoolTemplate(id: .new(at: now), key: key, language: language, words: words)
        try record.insert([new], into: SchoolTemplate.table, change, in: tx)
        return TemplateLine(template: template, language: language, words: words, version: 1)
      }
      school.words = words
      let saved = try record.update(school, in: SchoolTemplate.table, change, in: tx)
      return TemplateLine(template: template, language: language, words: words, version: saved)
    }
  }

  /// Goes back to the words we bring. The school's own are in the recycle bin.
  public func dropWords(_ key: String, in language: String, by actor: Actor) async throws -> DeletionID {
    _ = try actor.require(.editMail)
    let template = try Self.known(key, language)
    let change = Change(by: actor, at: clock.now())
    return try await database.write { tx in
      guard let school = try templates.find(key, in: language, tx) else { throw Problem.notFound("template") }
      let deletion = try record.beginDeletion(
        of: school.id.retyped(), kind: SchoolTemplate.table.kind, label: "\(template.title) (\(language))", change,
        in: tx)
      try record.delete([school.id], from: SchoolTemplate.table, as: deletion, change, in: tx)
      return deletion
    }
  }

  /// Words with an example in the place of each placeholder; throws what is wrong with them.
  public func preview(_ words: LetterWords, of key: String, in language: String) throws -> LetterPreview {
    let template = try Self.known(key, language)
    var values = template.examples
    values["site"] = site
    let filled = try Self.checked(words, for: template).filled(values, in: language)
    let page = LetterPage(subject: filled.subject, text: filled.text, language: language)
    return LetterPreview(subject: filled.subject, text: filled.text, html: page.document)
  }

  private static func known(_ key: String, _ language: String) throws(Problem) -> LetterTemplate {
    guard language.wholeMatch(of: /[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}/) != nil,
      let template = LetterTemplate.find(key)
    else { throw .notFound("template") }
    return template
  }

  private static func checked(_ words: LetterWords, for template: LetterTemplate) throws(Problem) -> LetterWords {
    var validation = Validation()
    let subject = validation.line(words.subject, at: "/subject", "the subject")
    let text = validation.optionalText(words.text, at: "/text", "the text", max: 5000)
    validation.check(text != nil, "/text", "REQUIRED", "Enter the text.")
    let known = template.placeholders.map(\.name)
    for name in words.placeholders where !known.contains(name) {
      validation.fail("/text", "UNKNOWN_PLACEHOLDER", Problem.unknownPlaceholder(name, known: known).detail)
    }
    if template.hasSecret {
      validation.check(
        (text ?? "").contains("{{link}}") && !words.subject.contains("{{link}}"), "/text", "LINK_MISSING",
        "The text needs {{link}}, in a paragraph of its own; without it the letter is of no use.")
    }
    try validation.finish()
    return LetterWords(subject: subject, text: text ?? "")
  }
}
