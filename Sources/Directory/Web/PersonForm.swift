import Kernel
import Markup
import Web

/// The fields of a person as they stand in a form: what was typed, whether or not it is right.
struct PersonForm: Sendable, Equatable {
  static let names = [
    "givenName", "middleName", "familyName", "displayName", "preferredName", "otherName", "otherLanguage", "birthOn",
    "sex", "pronouns", "language",
  ]
  static let labels = [
    "givenName": "Given name", "middleName": "Middle name", "familyName": "Family name", "displayName": "Full name",
    "preferredName": "Called", "otherName": "Name in another script", "otherLanguage": "Language of that script",
    "birthOn": "Date of birth", "sex": "Sex", "pronouns": "Pronouns", "language": "Home language",
  ]

  var values: [String: String]

  /// An empty form.
  init() { values = [:] }

  /// A person as known.
  init(_ details: PersonDetails) {
    values = [
      "givenName": details.givenName ?? "", "middleName": details.middleName ?? "",
      "familyName": details.familyName ?? "", "displayName": details.displayName,
      "preferredName": details.preferredName ?? "", "otherName": details.otherName ?? "",
      "otherLanguage": details.otherLanguage ?? "", "birthOn": details.birthOn?.description ?? "",
      "sex": details.sex?.rawValue ?? "", "pronouns": details.pronouns ?? "", "language": details.language ?? "",
    ]
  }

  /// What was sent.
  init(_ form: FormFields) {
    values = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, form.text($0)) })
  }

  subscript(name: String) -> String { values[name] ?? "" }

  /// The person; throws when a value is none of its kind.
  func details(_ form: FormFields) throws(Problem) -> PersonDetails {
    let birthOn = try form.day("birthOn")
    let sex = form.filled("sex").flatMap(Sex.init)
    guard sex != nil || form.filled("sex") == nil else {
      throw .invalid([.init(pointer: "/sex", code: "UNKNOWN_WORD", detail: "Choose one of the list.")])
    }
    return PersonDetails(
      displayName: form.filled("displayName") ?? "", givenName: form.filled("givenName"),
      middleName: form.filled("middleName"), familyName: form.filled("familyName"),
      preferredName: form.filled("preferredName"), otherName: form.filled("otherName"),
      otherLanguage: form.filled("otherLanguage"), birthOn: birthOn, sex: sex,
      pronouns: form.filled("pronouns"), language: form.filled("language"))
  }

  /// The fields, the name first; `isShort` leaves out what a guardian rarely needs.
  @HTMLBuilder func fields(_ faults: FormFaults, isShort: Bool = false) -> HTML {
    line("givenName", faults)
    line("familyName", faults)
    line("displayName", faults, hint: "As it is written in full. Left empty, it is made of the parts.")
    if !isShort {
      line("preferredName", faults, hint: "What the person wants to be called.")
      line("otherName", faults)
      line("otherLanguage", faults, hint: "A tag such as ar, zh or hi.", width: .short)
      Field(
        "Date of birth", name: "birthOn", .date(self["birthOn"]), error: faults["birthOn"], width: .short,
        isOptional: true)
      Field(
        "Sex", name: "sex",
        .select(
          [.init("", "Not known")]
            + Sex.allCases.map {
              .init(
                $0.rawValue, $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst(),
                isChosen: $0.rawValue == self["sex"])
            }), error: faults["sex"], width: .short)
      line("pronouns", faults, width: .short)
      line("language", faults, hint: "A tag such as en, vi or pt-BR.", width: .short)
      Hidden("middleName", self["middleName"])
    }
  }

  private func line(
    _ name: String, _ faults: FormFaults, hint: String? = nil, width: Field.Width = .full
  ) -> Field {
    Field(
      Self.labels[name] ?? name, name: name, .line(self[name]), hint: hint, error: faults[name], width: width,
      isOptional: true)
  }
}
